//! `souwen serve`: a folder, for a preview in the browser.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::serve::Site;

/// The port that is tried first.
const PORT: u16 = 8080;
/// How many ports after it are tried when it is taken.
const MORE_PORTS: u16 = 20;

/// The arguments of `souwen serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to serve
    dir: PathBuf,
    /// The port to listen on; 0 takes any free one [default: the first free one from 8080 on]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

/// Serves until it is stopped.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let site = Site::new(&args.dir)?;
    let listener = listen(args.host, args.port)?;
    let port = listener
        .local_addr()
        .context("the port cannot be read")?
        .port();
    let host = match args.host {
        host if host.is_loopback() || host.is_unspecified() => "localhost".to_owned(),
        IpAddr::V4(host) => host.to_string(),
        IpAddr::V6(host) => format!("[{host}]"),
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Serving {} at http://{host}:{port}/ (Ctrl-C stops it)",
        args.dir.display()
    )?;
    out.flush()?;
    drop(out);
    site.serve(listener)?;
    Ok(ExitCode::SUCCESS)
}

fn listen(host: IpAddr, port: Option<u16>) -> Result<TcpListener> {
    if let Some(port) = port {
        return TcpListener::bind((host, port)).with_context(|| {
            format!("port {port} of {host} cannot be listened on; choose another --port")
        });
    }
    for port in PORT..=PORT + MORE_PORTS {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => bail!("{host} cannot be listened on ({error}); choose another --host"),
        }
    }
    bail!(
        "the ports {PORT} to {} are all taken; choose another --port",
        PORT + MORE_PORTS
    )
}
