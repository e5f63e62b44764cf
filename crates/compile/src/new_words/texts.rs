//! The texts in pieces, put down to be gone over several times.

use super::pieces::Pieces;
use crate::error::CompileError;
use crate::limits::Limits;
use crate::pool;
use crate::store::{Log, Stored, put_number};

/// Bytes of pieces that are read together.
const BLOCK: usize = 128 * 1024;

/// The texts.
#[derive(Debug)]
pub(crate) struct Texts {
    stores: Vec<Stored>,
    /// Store, place in it, bytes.
    blocks: Vec<(usize, u64, usize)>,
}

/// Texts that are being put down.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    log: Log<'a>,
    blocks: Vec<(u64, usize)>,
    block: Vec<u8>,
}

impl Texts {
    /// An empty row of texts.
    pub(crate) fn writer(limits: &Limits) -> Writer<'_> {
        Writer {
            log: Log::new(limits, limits.share(64)),
            blocks: Vec::new(),
            block: Vec::new(),
        }
    }

    /// All of several rows, in any order.
    pub(crate) fn new(writers: Vec<Writer<'_>>) -> Result<Self, CompileError> {
        let mut texts = Self {
            stores: Vec::new(),
            blocks: Vec::new(),
        };
        for mut writer in writers {
            writer.close()?;
            let store = texts.stores.len();
            let own = writer.blocks.into_iter();
            texts
                .blocks
                .extend(own.map(|(at, length)| (store, at, length)));
            texts.stores.push(writer.log.finish()?);
        }
        Ok(texts)
    }

    /// The bytes that they take, about three to a character and two to a piece.
    pub(super) fn bytes(&self) -> u64 {
        self.stores.iter().map(Stored::len).sum()
    }

    /// Gives each text to one of `threads` workers; gives their states.
    pub(super) fn each<S: Send>(
        &self,
        threads: usize,
        start: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, &Pieces) + Sync,
    ) -> Result<Vec<S>, CompileError> {
        let blocks = |give: &mut dyn FnMut((usize, u64, usize))| {
            self.blocks.iter().copied().for_each(give);
            Ok(())
        };
        pool::spread(
            threads,
            || (start(), Vec::new(), Pieces::default()),
            blocks,
            |(state, bytes, pieces), (store, at, length)| {
                bytes.resize(length, 0);
                let store = self.stores.get(store).ok_or(CompileError::Damaged)?;
                store.read(at, bytes)?;
                let mut rest = bytes.as_slice();
                while !rest.is_empty() {
                    pieces.read(&mut rest).ok_or(CompileError::Damaged)?;
                    work(state, pieces);
                }
                Ok(())
            },
        )
        .map(|states| states.into_iter().map(|(state, ..)| state).collect())
    }
}

impl Writer<'_> {
    /// Adds a text.
    pub(crate) fn add(&mut self, pieces: &Pieces) -> Result<(), CompileError> {
        pieces.write(&mut self.block);
        if self.block.len() > BLOCK {
            self.close()?;
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), CompileError> {
        if !self.block.is_empty() {
            let at = self.log.append(&self.block)?;
            self.blocks.push((at, self.block.len()));
            self.block.clear();
        }
        Ok(())
    }
}

/// Adds a length.
pub(super) fn put_length(out: &mut Vec<u8>, length: usize) {
    put_number(out, u64::try_from(length).unwrap_or(u64::MAX));
}
