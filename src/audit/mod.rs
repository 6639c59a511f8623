//! Whether somebody else can check a report later.
