//! The listing of folders: every file below one that a caller wants, for incidents and rulebooks alike.
//!
//! A folder that cannot be listed never hides the others, and no folder is listed twice, however links lead to it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files below a folder, and the folders that could not be listed.
#[derive(Debug, Default)]
pub struct FolderListing {
    /// The files' paths, which begin with that of the listed folder, sorted.
    pub files: Vec<PathBuf>,
    /// Folders that could not be listed to their end, with the reason, sorted.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

/// Lists the files below `root` whose paths are `wanted`. If `root` is a file, it is the only one, whatever its name.
///
/// Links to folders are followed. A folder that has several paths is listed under the one without links if there is one.
pub fn list_files(root: &Path, wanted: impl Fn(&Path) -> bool) -> FolderListing {
    let mut listing = FolderListing::default();
    if root.is_file() {
        listing.files.push(root.to_owned());
        return listing;
    }
    let mut listed = HashSet::new();
    let (mut folders, mut links) = (vec![root.to_owned()], Vec::new());
    loop {
        while let Some(folder) = folders.pop() {
            let listed_before = fs::canonicalize(&folder).is_ok_and(|real| !listed.insert(real));
            if listed_before {
                continue;
            }
            if let Err(error) = list_one(&folder, &wanted, &mut listing.files, &mut folders, &mut links) {
                listing.unreadable.push((folder, error));
            }
        }
        // Sorted, so that which of several links is followed does not depend on the order of the file system.
        links.sort_by(|a: &PathBuf, b| b.cmp(a));
        match links.pop() {
            Some(link) => folders.push(link),
            None => break,
        }
    }
    listing.files.sort();
    listing.unreadable.sort_by(|(a, _), (b, _)| a.cmp(b));
    listing
}

/// Sorts the entries of one folder into files, folders, and links to folders.
fn list_one(
    folder: &Path,
    wanted: &impl Fn(&Path) -> bool,
    files: &mut Vec<PathBuf>,
    folders: &mut Vec<PathBuf>,
    links: &mut Vec<PathBuf>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            folders.push(path);
        } else if kind.is_symlink() && path.is_dir() {
            links.push(path);
        } else if wanted(&path) {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::list_files;

    fn listed(root: &Path) -> Vec<String> {
        let listing = list_files(root, |file| file.extension().is_some_and(|e| e == "yaml"));
        assert!(listing.unreadable.is_empty(), "{:?}", listing.unreadable);
        listing.files.iter().map(|file| file.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn files_are_listed_sorted_at_every_depth() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("b/c.yaml")).unwrap();
        for file in ["z.yaml", "b/c.yaml/d.yaml", "b/e.txt", "a.yaml"] {
            fs::write(root.path().join(file), "").unwrap();
        }
        assert_eq!(listed(root.path()), ["a.yaml", "b/c.yaml/d.yaml", "z.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_linked_folder_is_listed_once() {
        use std::os::unix::fs::symlink;
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir(root.path().join("real")).unwrap();
        fs::write(root.path().join("real/a.yaml"), "").unwrap();
        fs::write(outside.path().join("b.yaml"), "").unwrap();
        for (target, link) in [(root.path(), "real/loop"), (&root.path().join("real"), "a"), (outside.path(), "y")] {
            symlink(target, root.path().join(link)).unwrap();
        }
        symlink(outside.path(), root.path().join("x")).unwrap();
        assert_eq!(listed(root.path()), ["real/a.yaml", "x/b.yaml"]);
    }
}
