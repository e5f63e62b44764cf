//! A small static web server for previews: what is in one folder, and nothing outside of it.

mod mime;
mod path;
mod range;
mod respond;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use tiny_http::Server;

/// Requests answered at the same time.
const WORKERS: usize = 4;
/// How long a connection may wait for a thread that reads it.
const KNOCK: Duration = Duration::from_millis(200);

/// A folder to serve.
#[derive(Debug)]
pub(crate) struct Site {
    /// The folder, without links in its path.
    root: PathBuf,
}

impl Site {
    /// Takes a folder that must be there.
    pub(crate) fn new(folder: &Path) -> Result<Self> {
        let shown = folder.display();
        match fs::canonicalize(folder) {
            Ok(root) if root.is_dir() => Ok(Self { root }),
            Ok(_) => bail!("{shown}: a file; give the folder that it is in"),
            Err(error) => bail!("{shown}: no folder to serve ({error}); check the path"),
        }
    }

    /// Answers requests until the program ends; comes back only when the port can be listened on no
    /// longer.
    pub(crate) fn serve(&self, listener: TcpListener) -> Result<()> {
        let own = listener.local_addr()?;
        let server = Server::from_listener(listener, None)
            .map_err(|error| anyhow!("the server cannot be started: {error}"))?;
        thread::scope(|scope| {
            scope.spawn(|| knock(own));
            for _ in 0..WORKERS {
                scope.spawn(|| {
                    while let Ok(request) = server.recv() {
                        respond::answer(&self.root, request);
                    }
                });
            }
        });
        bail!("the port can be listened on no longer; start souwen again")
    }
}

/// Connects again and again, and asks nothing.
///
/// tiny_http 0.12 counts a thread as idle until it has taken up its connection: of a burst of
/// connections, as a browser opens them, more can be queued than there are such threads. The rest
/// then waits until some connection ends, which kept-alive ones do after minutes. Another
/// connection, over at once, brings a thread that goes on with the queue.
fn knock(mut own: SocketAddr) {
    if own.ip().is_unspecified() {
        own.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    while TcpStream::connect(own).is_ok() {
        thread::sleep(KNOCK);
    }
}
