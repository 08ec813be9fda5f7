//! Origins and origin groups of a distribution, each once.

use ce_cfn::cloudfront::distribution as shape;
use ce_cfn::ids;
use ce_synth::{IntoValue, Value};

use super::{Origin, Origins};

/// The origins that behaviors named, in the order they did; equal ones are one.
#[derive(Default)]
pub(super) struct Layout<'a> {
    origins: Vec<(Value<shape::Origin>, Origin<'a>)>,
    groups: Vec<(String, String, Vec<u16>)>,
}

impl<'a> Layout<'a> {
    /// The id that a behavior points to.
    pub(super) fn place(&mut self, origins: &Origins<'a>) -> String {
        let first = self.place_one(&origins.first);
        let Some(second) = &origins.second else { return first };
        let second = self.place_one(second);
        let group = (first, second, origins.codes.clone());
        let known = self.groups.iter().position(|known| *known == group);
        let place = known.unwrap_or_else(|| {
            self.groups.push(group);
            self.groups.len() - 1
        });
        format!("Group{}", place + 1)
    }

    fn place_one(&mut self, origin: &Origin<'a>) -> String {
        let form: Value<shape::Origin> = origin.resource("", None).into_value();
        let known = self.origins.iter().position(|(known, _)| *known == form);
        let place = known.unwrap_or_else(|| {
            self.origins.push((form, origin.clone()));
            self.origins.len() - 1
        });
        format!("Origin{}", place + 1)
    }

    pub(super) fn has_bucket(&self) -> bool {
        self.origins().any(Origin::is_bucket)
    }

    pub(super) fn origins(&self) -> impl Iterator<Item = &Origin<'a>> {
        self.origins.iter().map(|(_, origin)| origin)
    }

    pub(super) fn resources(&self, access: Option<&Value<ids::CloudFrontOriginAccessControl>>) -> Vec<shape::Origin> {
        (1..).zip(self.origins()).map(|(number, origin)| origin.resource(&format!("Origin{number}"), access)).collect()
    }

    pub(super) fn groups(&self) -> Option<shape::OriginGroups> {
        let group = |(number, (first, second, codes)): (usize, &(String, String, Vec<u16>))| {
            let members = [first, second].map(|id| shape::OriginGroupMember::new().origin_id(id));
            let quantity = i64::try_from(codes.len()).unwrap_or_default();
            let codes: Vec<i64> = codes.iter().map(|code| i64::from(*code)).collect();
            let codes = shape::StatusCodes::new().items(codes).quantity(quantity);
            shape::OriginGroup::new()
                .id(format!("Group{}", number + 1))
                .members(shape::OriginGroupMembers::new().items(members).quantity(2))
                .failover_criteria(shape::OriginGroupFailoverCriteria::new().status_codes(codes))
        };
        let groups: Vec<_> = self.groups.iter().enumerate().map(group).collect();
        let quantity = i64::try_from(groups.len()).unwrap_or_default();
        (quantity > 0).then(|| shape::OriginGroups::new().items(groups).quantity(quantity))
    }
}
