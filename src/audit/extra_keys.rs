//! What stands in a report and is not read: a key that no report has, or a value in another form.

use serde_json::Value;

/// The path to the first value of a report that differs from what was read of it: `options.extra`. Keys that the report lacks
/// and that have a default are no difference.
pub(crate) fn first_unread(report: &Value, read: &Value) -> Option<String> {
    match (report, read) {
        (Value::Object(report), Value::Object(read)) => report.iter().find_map(|(key, value)| match read.get(key) {
            None => Some(key.clone()),
            Some(other) => first_unread(value, other).map(|rest| join(key, &rest)),
        }),
        (Value::Array(report), Value::Array(read)) if report.len() == read.len() => {
            let pairs = report.iter().zip(read).enumerate();
            let mut differing = pairs.filter_map(|(i, (a, b))| first_unread(a, b).map(|rest| join(&format!("[{i}]"), &rest)));
            differing.next()
        }
        _ if report == read => None,
        _ => Some(String::new()),
    }
}

fn join(key: &str, rest: &str) -> String {
    match rest {
        "" => key.to_owned(),
        rest if rest.starts_with('[') => format!("{key}{rest}"),
        rest => format!("{key}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::first_unread;

    #[test]
    fn the_path_to_what_was_not_read_is_named() {
        let read = json!({"a": [{"b": 1, "c": null}], "d": "x"});
        assert_eq!(first_unread(&json!({"a": [{"b": 1}]}), &read), None, "a key with a default may be absent");
        assert_eq!(first_unread(&json!({"a": [{"b": 1, "z": 2}]}), &read).as_deref(), Some("a[0].z"));
        assert_eq!(first_unread(&json!({"a": []}), &read).as_deref(), Some("a"));
        assert_eq!(first_unread(&json!({"d": 1}), &read).as_deref(), Some("d"));
    }
}
