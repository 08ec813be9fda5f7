//! What an expression comes to.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Expression, Function, Piece, Template, as_text, cidr, same};

/// What an expression comes to.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::simulator) enum Resolved {
    /// This.
    Known(Value),
    /// `AWS::NoValue`: as if it were not written.
    Nothing,
    /// It depends on something that is not there yet.
    Later,
}

/// What is outside the template.
pub(in crate::simulator) trait World {
    /// What `Ref` of a resource gives; none when its condition does not hold.
    fn reference(&self, resource: &str) -> Option<Resolved>;
    /// What `Fn::GetAtt` gives.
    fn attribute(&self, resource: &str, attribute: &str) -> Result<Resolved>;
    /// An export's value.
    fn export(&self, name: &str) -> Result<Value>;
    /// An output of another stack: its name, the output, the region if it is given, the role if it is given.
    fn output(&self, stack: &str, output: &str, region: Option<&str>, role: Option<&str>) -> Result<Value>;
    /// The zones of a region.
    fn zones(&self, region: &str) -> Vec<String>;
}

/// A template and what holds in this stack: parameters, pseudo parameters, conditions.
pub(in crate::simulator) struct Scope<'a> {
    pub(in crate::simulator) template: &'a Template,
    /// Values of parameters.
    pub(in crate::simulator) parameters: &'a BTreeMap<String, String>,
    /// `AWS::Region` and its like.
    pub(in crate::simulator) pseudo: &'a Pseudo,
    pub(in crate::simulator) world: &'a dyn World,
}

/// Pseudo parameters.
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Pseudo {
    pub(in crate::simulator) account: String,
    pub(in crate::simulator) region: String,
    pub(in crate::simulator) stack_id: String,
    pub(in crate::simulator) stack_name: String,
    pub(in crate::simulator) notification_arns: Vec<String>,
}

/// The partition of a region.
pub(in crate::simulator) fn partition(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "aws-cn",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

type Result<T> = std::result::Result<T, String>;

/// Takes the value out, or gives up for now.
macro_rules! known {
    ($resolved:expr) => {
        match $resolved {
            Resolved::Known(value) => value,
            other => return Ok(other),
        }
    };
}

impl Scope<'_> {
    /// What an expression comes to; what is wrong comes in the service's words.
    pub(in crate::simulator) fn evaluate(&self, expression: &Expression) -> Result<Resolved> {
        match expression {
            Expression::Literal(value) => Ok(Resolved::Known(value.clone())),
            Expression::List(items) => self.list(items),
            Expression::Object(members) => self.object(members),
            Expression::Call(function) => self.call(function),
        }
    }

    /// Whether a condition holds.
    pub(in crate::simulator) fn holds(&self, condition: &str) -> Result<bool> {
        let expression = self.template.conditions.get(condition);
        let expression = expression.ok_or_else(|| format!("Template error: condition {condition} is not defined"))?;
        match self.evaluate(expression)? {
            Resolved::Known(value) => Ok(as_text(&value).is_some_and(|text| text == "true")),
            _ => Ok(false),
        }
    }

    fn list(&self, items: &[Expression]) -> Result<Resolved> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match self.evaluate(item)? {
                Resolved::Known(value) => values.push(value),
                Resolved::Nothing => {}
                Resolved::Later => return Ok(Resolved::Later),
            }
        }
        Ok(Resolved::Known(Value::Array(values)))
    }

    fn object(&self, members: &[(String, Expression)]) -> Result<Resolved> {
        let mut values = Map::new();
        for (key, member) in members {
            match self.evaluate(member)? {
                Resolved::Known(value) => {
                    values.insert(key.clone(), value);
                }
                Resolved::Nothing => {}
                Resolved::Later => return Ok(Resolved::Later),
            }
        }
        Ok(Resolved::Known(Value::Object(values)))
    }

    fn call(&self, function: &Function) -> Result<Resolved> {
        let value = match function {
            Function::Ref(name) => return self.reference(name),
            Function::GetAtt(resource, attribute) => return self.world.attribute(resource, attribute),
            Function::Sub(pieces, variables) => return self.sub(pieces, variables),
            Function::Join(by, list) => {
                let list = known!(self.evaluate(list)?);
                Value::from(texts(&list, "Fn::Join")?.join(by))
            }
            Function::Split(by, text) => {
                let text = known!(self.evaluate(text)?);
                text_of(&text, "Fn::Split")?.split(by.as_str()).map(Value::from).collect()
            }
            Function::Select(index, list) => return self.select(index, list),
            Function::FindInMap(keys, default) => return self.find_in_map(keys, default.as_ref()),
            Function::If(condition, yes, no) => return self.evaluate(if self.holds(condition)? { yes } else { no }),
            Function::ImportValue(name) => return self.import(name),
            Function::GetStackOutput(members) => return self.stack_output(members),
            Function::GetAzs(region) => return self.zones(region),
            Function::Cidr(block, count, bits) => return self.cidr(block, count, bits.as_ref()),
            Function::Base64(text) => {
                let text = known!(self.evaluate(text)?);
                Value::from(base64(text_of(&text, "Fn::Base64")?.as_bytes()))
            }
            Function::Length(list) => {
                let list = known!(self.evaluate(list)?);
                Value::from(list.as_array().map_or(0, Vec::len))
            }
            Function::ToJsonString(value) => Value::from(known!(self.evaluate(value)?).to_string()),
            Function::Equals(one, other) => {
                let (one, other) = (known!(self.evaluate(one)?), known!(self.evaluate(other)?));
                Value::from(same(&one, &other))
            }
            Function::And(all) => Value::from(self.truths(all)?.into_iter().all(|truth| truth)),
            Function::Or(all) => Value::from(self.truths(all)?.into_iter().any(|truth| truth)),
            Function::Not(one) => Value::from(!self.truths(std::slice::from_ref(one))?.contains(&true)),
            Function::Condition(name) => Value::from(self.holds(name)?),
        };
        Ok(Resolved::Known(value))
    }

    fn import(&self, name: &Expression) -> Result<Resolved> {
        let name = known!(self.evaluate(name)?);
        Ok(Resolved::Known(self.world.export(&text_of(&name, "Fn::ImportValue")?)?))
    }

    fn zones(&self, region: &Expression) -> Result<Resolved> {
        let region = known!(self.evaluate(region)?);
        let region = text_of(&region, "Fn::GetAZs")?;
        let region = if region.is_empty() { Cow::from(&self.pseudo.region) } else { region };
        Ok(Resolved::Known(self.world.zones(&region).into_iter().map(Value::from).collect()))
    }

    fn truths(&self, all: &[Expression]) -> Result<Vec<bool>> {
        let truth =
            |resolved| matches!(resolved, Resolved::Known(value) if as_text(&value).is_some_and(|text| text == "true"));
        all.iter().map(|one| self.evaluate(one).map(truth)).collect()
    }

    fn reference(&self, name: &str) -> Result<Resolved> {
        if let Some(parameter) = self.template.parameters.get(name) {
            let text = self.parameters.get(name).ok_or_else(|| format!("Parameters: [{name}] must have values"))?;
            return Ok(Resolved::Known(parameter.value(text)));
        }
        let pseudo = self.pseudo;
        let value = match name {
            "AWS::AccountId" => Value::from(pseudo.account.as_str()),
            "AWS::Region" => Value::from(pseudo.region.as_str()),
            "AWS::StackId" => Value::from(pseudo.stack_id.as_str()),
            "AWS::StackName" => Value::from(pseudo.stack_name.as_str()),
            "AWS::Partition" => Value::from(partition(&pseudo.region)),
            "AWS::URLSuffix" => {
                Value::from(if pseudo.region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" })
            }
            "AWS::NotificationARNs" => pseudo.notification_arns.iter().map(|arn| Value::from(arn.as_str())).collect(),
            "AWS::NoValue" => return Ok(Resolved::Nothing),
            _ => {
                let gone = || {
                    format!(
                        "Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template"
                    )
                };
                return self.world.reference(name).ok_or_else(gone);
            }
        };
        Ok(Resolved::Known(value))
    }

    fn sub(&self, pieces: &[Piece], variables: &[(String, Expression)]) -> Result<Resolved> {
        let mut text = String::new();
        let variable = |name: &str| variables.iter().find(|(variable, _)| variable == name).map(|(_, value)| value);
        for piece in pieces {
            let value = match piece {
                Piece::Text(plain) => {
                    text.push_str(plain);
                    continue;
                }
                Piece::Ref(name) => match variable(name) {
                    Some(value) => self.evaluate(value)?,
                    None => self.reference(name)?,
                },
                Piece::GetAtt(resource, attribute) => match variable(&format!("{resource}.{attribute}")) {
                    Some(value) => self.evaluate(value)?,
                    None => self.world.attribute(resource, attribute)?,
                },
            };
            let value = known!(value);
            text.push_str(&text_of(&value, "Fn::Sub")?);
        }
        Ok(Resolved::Known(Value::from(text)))
    }

    fn select(&self, index: &Expression, list: &Expression) -> Result<Resolved> {
        let (index, list) = (known!(self.evaluate(index)?), known!(self.evaluate(list)?));
        let index: Option<usize> = as_text(&index).and_then(|text| text.parse().ok());
        let chosen = index.zip(list.as_array()).and_then(|(index, list)| list.get(index));
        let missing = "Template error: Fn::Select cannot select nonexistent value at index";
        chosen.cloned().map(Resolved::Known).ok_or_else(|| format!("{missing} {}", index.unwrap_or_default()))
    }

    fn find_in_map(&self, keys: &[Expression; 3], default: Option<&Expression>) -> Result<Resolved> {
        let mut texts = Vec::with_capacity(3);
        for key in keys {
            let key = known!(self.evaluate(key)?);
            texts.push(text_of(&key, "Fn::FindInMap")?.into_owned());
        }
        let found = self.template.mappings.get(&texts[0]).and_then(|map| map.get(&texts[1])?.get(&texts[2]));
        match (found, default) {
            (Some(value), _) => Ok(Resolved::Known(value.clone())),
            (None, Some(default)) => self.evaluate(default),
            (None, None) => Err(format!("Template error: Unable to get mapping for {}", texts.join("::"))),
        }
    }

    fn stack_output(&self, members: &[(String, Expression)]) -> Result<Resolved> {
        let mut given = BTreeMap::new();
        for (key, member) in members {
            let value = known!(self.evaluate(member)?);
            given.insert(key.as_str(), text_of(&value, "Fn::GetStackOutput")?.into_owned());
        }
        let need = |key: &str| {
            given.get(key).ok_or_else(|| format!("Template error: Fn::GetStackOutput object requires {key}"))
        };
        let optional = |key: &str| given.get(key).map(String::as_str);
        let value =
            self.world.output(need("StackName")?, need("OutputName")?, optional("Region"), optional("RoleArn"))?;
        Ok(Resolved::Known(value))
    }

    fn cidr(&self, block: &Expression, count: &Expression, bits: Option<&Expression>) -> Result<Resolved> {
        let (block, count) = (known!(self.evaluate(block)?), known!(self.evaluate(count)?));
        let bits = match bits {
            Some(bits) => known!(self.evaluate(bits)?),
            None => Value::from(64),
        };
        let number = |value: &Value| as_text(value).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        let blocks = cidr::split(&text_of(&block, "Fn::Cidr")?, number(&count), number(&bits));
        let wrong = || "Template error: Fn::Cidr cannot make the requested blocks".to_owned();
        Ok(Resolved::Known(blocks.ok_or_else(wrong)?.into_iter().map(Value::from).collect()))
    }
}

fn text_of<'v>(value: &'v Value, function: &str) -> Result<Cow<'v, str>> {
    as_text(value).ok_or_else(|| format!("Template error: every {function} object must resolve to a string value."))
}

fn texts(value: &Value, function: &str) -> Result<Vec<String>> {
    let items = value.as_array().ok_or_else(|| format!("Template error: every {function} object requires a list"))?;
    items.iter().map(|item| text_of(item, function).map(Cow::into_owned)).collect()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_padded() {
        assert_eq!(["", "f", "fo", "foo"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v"]);
    }
}
