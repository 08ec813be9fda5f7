//! Long answers in pages.

use super::service::Service;
use super::words::invalid;
use crate::cloud::{Failure, Page};

impl Service {
    /// One page of a long answer, and where to go on.
    pub(super) fn page<T: Clone>(&self, all: &[T], page: &Page) -> Result<(Vec<T>, Option<Page>), Failure> {
        let start = match &page.0 {
            None => 0,
            Some(token) => token.strip_prefix("page-").and_then(|at| at.parse::<usize>().ok()).ok_or_else(|| {
                invalid("1 validation error detected: Value at 'nextToken' failed to satisfy constraint")
            })?,
        };
        let end = all.len().min(start.saturating_add(self.settings.page));
        let items = all.get(start.min(end)..end).unwrap_or_default().to_vec();
        let next = (end < all.len()).then(|| Page(Some(format!("page-{end}"))));
        Ok((items, next))
    }
}
