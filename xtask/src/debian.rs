//! Packages of Debian and its kin.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell;

/// Installs packages, if this is Debian or its kin and this user may; whether it is. Fails when it
/// does not come off.
pub(crate) fn install(packages: &[&str]) -> Result<bool> {
    let Some(apt) = apt_get() else {
        return Ok(false);
    };
    let Some((program, first)) = apt.split_first() else {
        return Ok(false);
    };
    shell::run(Command::new(program).args(first).args(["-q", "update"]))?;
    let install = ["-q", "install", "-y", "--no-install-recommends"];
    shell::run(
        Command::new(program)
            .args(first)
            .args(install)
            .args(packages),
    )?;
    Ok(true)
}

/// The words that start an `apt-get`, if this is Debian or its kin and this user may install
/// packages with it: as root, or by a `sudo` that asks no password.
fn apt_get() -> Option<Vec<OsString>> {
    if !Path::new("/etc/debian_version").exists() {
        return None;
    }
    let apt = shell::find("apt-get")?;
    let user = shell::output(Command::new("id").arg("-u")).ok()?;
    let mut words: Vec<OsString> = Vec::new();
    if user.trim() != "0" {
        if !shell::succeeds(Command::new("sudo").args(["-n", "true"])) {
            return None;
        }
        words.extend(["sudo", "-n"].map(OsString::from));
    }
    words.extend(["env", "DEBIAN_FRONTEND=noninteractive"].map(OsString::from));
    words.push(apt.into_os_string());
    Some(words)
}
