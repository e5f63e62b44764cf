//! The end of an index: columns, tables, the directory, the sections.

use souwen_text::{FoldTable, cast};

use super::{WriteError, Writer};
use crate::alphabet;
use crate::chunks::{Run, pack};
use crate::container::{self, Section, SectionId};
use crate::directory::Directory;
use crate::facets;
use crate::folds;
use crate::ids;
use crate::meta;
use crate::parts::Region;
use crate::segment;
use crate::sounds;
use crate::synonyms;
use crate::terms::{self, directory};
use crate::texts;
use crate::wire::Writer as Bytes;

/// What every answer needs goes with the core if it has no more bytes: to ask for it by itself would
/// be one more round trip before the first answer. A larger archive's is fetched chunk by chunk.
const AT_HAND: usize = 12 * 1024;

impl Writer<'_> {
    /// Stores chunks one behind the other.
    fn run(&mut self, region: Region, chunks: Vec<Vec<u8>>) -> Result<Run, WriteError> {
        let mut run = Run::default();
        for chunk in chunks {
            run.extents.push(self.heap.push(region, &chunk)?);
        }
        Ok(run)
    }

    /// The same, with the core if they are small.
    fn run_at_hand(&mut self, chunks: Vec<Vec<u8>>) -> Result<Run, WriteError> {
        let bytes: usize = chunks.iter().map(Vec::len).sum();
        let region = if bytes <= AT_HAND {
            Region::Core
        } else {
            Region::Columns
        };
        self.run(region, chunks)
    }

    /// Ends the index; gives the bytes of the index file.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn finish(self) -> Result<Vec<u8>, WriteError> {
        Ok(self.finish_in_parts()?.0)
    }

    /// Ends the index; gives the bytes of the index file, and how many parts each region has up to
    /// the end of the last segment, the last number being the bytes of the region that is no file.
    /// What comes behind is of no segment: whoever writes another segment makes it anew.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn finish_in_parts(mut self) -> Result<(Vec<u8>, [u32; 5]), WriteError> {
        // The only segment of an index is kept with all that comes behind it.
        let is_first = self.kept.is_none();
        let mut kept = self.kept.take().unwrap_or_default();
        let mut ends = None;
        if self.documents > 0 || kept.segments().is_empty() {
            let roots = self.segment()?;
            kept.directory.segments.push(roots);
        }
        if !is_first {
            ends = Some(self.heap.close_all()?);
        }
        let (near, far) = self.folds();
        let far = (!far.is_empty()).then(|| pack(&folds::encode(&far)));
        let headlines = pack(&self.headlines());
        let codec = pack(&self.core.codec.to_bytes());
        let sounds = match kept.sounds.take() {
            Some(content) => content,
            None => pack(&self.sounds()),
        };
        let old = std::mem::take(&mut kept.tables);
        let directory = Directory {
            folds: match far {
                Some(far) => self.table(&old, Region::Columns, far)?,
                None => Run::default(),
            },
            sounds: self.table(&old, Region::Columns, sounds)?,
            headlines: self.table(&old, Region::Columns, headlines)?,
            codec: self.table(&old, Region::Core, codec)?,
            ..kept.directory
        };
        let ends = match ends {
            Some(ends) => ends,
            None => self.heap.close_all()?,
        };
        let mut out = Bytes::default();
        let inline = self.heap.finish(&mut out)?;
        directory.write(&mut out);
        let core = &self.core;
        let section = |id, bytes, deflate| Section { id, bytes, deflate };
        let bytes = container::encode(&[
            section(SectionId::Meta, meta::encode(&core.meta), true),
            section(SectionId::Folds, folds::encode(&near), true),
            section(SectionId::Synonyms, synonyms::encode(&core.synonyms), true),
            section(SectionId::Alphabet, alphabet::encode(&core.alphabet), true),
            section(SectionId::Directory, out.bytes, true),
            section(SectionId::Heap, inline, false),
        ]);
        Ok((bytes, ends))
    }

    /// Ends the segment.
    fn segment(&mut self) -> Result<segment::Roots, WriteError> {
        self.close_block()?;
        self.close_page();
        for (key, page) in std::mem::take(&mut self.pages_pending) {
            let extent = self.heap.push(Region::Columns, &page)?;
            self.pages.push((key, extent));
        }
        self.close_chunks(true);
        self.text_addresses.push(self.heap.next(Region::Texts));
        let columns = std::mem::take(&mut self.columns);
        let mut roots = segment::Roots {
            documents: self.documents,
            terms: terms::Roots {
                terms: self.terms,
                entries: self.entries,
                directory: directory::encode(&self.pages)?,
            },
            facts: self.run_at_hand(columns.facts)?,
            dates: self.run(Region::Columns, columns.dates)?,
            texts: self.run_at_hand(columns.texts)?,
            text_addresses: std::mem::take(&mut self.text_addresses),
            ids: self.ids()?,
            facets: Vec::new(),
        };
        let names = std::mem::take(&mut self.core.facets);
        for ((name, values), chunks) in names.into_iter().zip(columns.facets) {
            roots.facets.push(facets::Root {
                name,
                values: cast::small(values.len()),
                table: self.run(Region::Columns, vec![pack(&facets::encode_values(&values))])?,
                chunks: self.run(Region::Columns, chunks)?,
            });
        }
        Ok(roots)
    }

    /// How characters and words are read, of which the entries are this writer's.
    fn sounds(&mut self) -> Vec<u8> {
        let mut parts = std::mem::take(&mut self.core.sounds);
        // What is no entry is read by its characters.
        parts
            .words
            .retain(|(word, _)| self.ordinals.contains_key(word));
        let ordinal = |word: &str| self.ordinals.get(word).copied();
        sounds::encode(&parts, self.entries, ordinal)
    }

    /// Stores a table, unless it is there already.
    fn table(
        &mut self,
        old: &[(Run, Vec<u8>)],
        region: Region,
        content: Vec<u8>,
    ) -> Result<Run, WriteError> {
        match old.iter().find(|(_, own)| *own == content) {
            Some((run, _)) => Ok(run.clone()),
            None => self.run(region, vec![content]),
        }
    }

    /// The newest headlines, in the order of their documents.
    fn headlines(&mut self) -> Vec<u8> {
        let headlines = std::mem::take(&mut self.headlines).into_iter();
        let mut headlines: Vec<(u32, String)> =
            headlines.map(|((_, own), title)| (own, title)).collect();
        headlines.sort_unstable();
        let titles: Vec<String> = headlines.into_iter().map(|(_, title)| title).collect();
        let encoder = self.core.codec.encoder(&self.core.alphabet);
        texts::encode_headlines(&encoder, &titles)
    }

    /// The table of ids.
    fn ids(&mut self) -> Result<ids::Root, WriteError> {
        let mut entries = std::mem::take(&mut self.ids);
        entries.sort_unstable();
        let mut root = ids::Root::default();
        let mut chunks = Vec::new();
        for chunk in entries.chunks(ids::CHUNK) {
            root.firsts.push(chunk.first().map_or(0, |entry| entry.0));
            chunks.push(pack(&ids::encode(chunk)));
        }
        root.chunks = self.run(Region::Columns, chunks)?;
        Ok(root)
    }

    /// The folds of the archive's own characters, which every reader needs, and the others, which only
    /// a query can ask for.
    fn folds(&self) -> (FoldTable, FoldTable) {
        let (mut near, mut far) = (FoldTable::default(), FoldTable::default());
        for (source, target) in self.core.folds.pairs() {
            let own = self.core.alphabet.code(source).is_some();
            let table = if own { &mut near } else { &mut far };
            table.push(source, &target.iter().collect::<String>());
        }
        (near, far)
    }
}
