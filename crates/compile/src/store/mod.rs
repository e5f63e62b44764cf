//! What a pass leaves for the next one: in memory while it is little, else on the disk.

mod log;
mod wire;

pub(crate) use log::{Log, Reader, Stored};
pub(crate) use wire::{put_number, take_number};
