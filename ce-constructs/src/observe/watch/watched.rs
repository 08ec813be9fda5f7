//! What knows how it is watched.

use super::Watchlist;

/// Something that knows what is worth watching of it: services, load balancers, databases, caches, and your own.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::data::AuroraCluster;
/// use ce_constructs::observe::{AlarmTier, Metric, Watched, Watchlist, Widget};
///
/// struct Shop<'a> {
///     api: FargateService<'a>,
///     orders: AuroraCluster<'a>,
/// }
///
/// impl Watched for Shop<'_> {
///     fn watchlist(&self) -> Watchlist {
///         let sold = Metric::new("Shop", "Sold");
///         Watchlist::of("Shop")
///             .alarm(AlarmTier::Page, "NothingSold", sold.clone().below(1.0).for_periods(30))
///             .widget(Widget::metrics("Sold", [sold]))
///             .part(&self.api)
///             .part(&self.orders)
///     }
/// }
/// ```
///
/// A construct that is made of others names them as parts, so that one list goes down the whole tree.
pub trait Watched {
    /// What is worth watching of it.
    fn watchlist(&self) -> Watchlist;
}

impl<W: Watched + ?Sized> Watched for &W {
    fn watchlist(&self) -> Watchlist {
        (**self).watchlist()
    }
}
