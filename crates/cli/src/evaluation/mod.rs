//! Measuring answers against judgments: the files of BEIR, and the measures of the field.

mod judgments;
mod measures;

pub(crate) use judgments::{Judgments, Query, read_judgments, read_queries};
pub(crate) use measures::{Measures, percentile};
