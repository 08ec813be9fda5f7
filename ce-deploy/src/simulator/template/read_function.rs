//! Reading an expression: an object of one member named like a function is one.

use serde_json::{Map, Value};

use super::{Expression, Function, Piece};
use crate::template;

/// Reads a value; what is wrong comes in the service's words.
pub(super) fn read(value: &Value) -> Result<Expression, String> {
    match value {
        Value::Array(items) => {
            let items = items.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok(if items.iter().all(is_literal) { literal(value) } else { Expression::List(items) })
        }
        Value::Object(members) => match function(members)? {
            Some(function) => Ok(Expression::Call(Box::new(function))),
            None => {
                let members = read_members(members)?;
                let plain = members.iter().all(|(_, member)| is_literal(member));
                Ok(if plain { literal(value) } else { Expression::Object(members) })
            }
        },
        _ => Ok(literal(value)),
    }
}

fn literal(value: &Value) -> Expression {
    Expression::Literal(value.clone())
}

fn is_literal(expression: &Expression) -> bool {
    matches!(expression, Expression::Literal(_))
}

fn read_members(members: &Map<String, Value>) -> Result<Vec<(String, Expression)>, String> {
    members.iter().map(|(key, value)| Ok((key.clone(), read(value)?))).collect()
}

fn function(members: &Map<String, Value>) -> Result<Option<Function>, String> {
    let mut all = members.iter();
    let (Some((name, argument)), None) = (all.next(), all.next()) else { return Ok(None) };
    let wrong = || format!("Template error: every {name} object must have its documented arguments");
    Ok(Some(match name.as_str() {
        "Ref" => Function::Ref(argument.as_str().ok_or_else(wrong)?.to_owned()),
        "Condition" => match argument.as_str() {
            Some(condition) => Function::Condition(condition.to_owned()),
            None => return Ok(None),
        },
        "Fn::GetAtt" => get_att(argument).ok_or_else(wrong)?,
        "Fn::Sub" => sub(argument)?.ok_or_else(wrong)?,
        "Fn::FindInMap" => find_in_map(argument)?.ok_or_else(wrong)?,
        "Fn::If" => match argument.as_array().map(Vec::as_slice) {
            Some([condition, yes, no]) => {
                Function::If(condition.as_str().ok_or_else(wrong)?.to_owned(), read(yes)?, read(no)?)
            }
            _ => return Err(wrong()),
        },
        "Fn::GetStackOutput" => Function::GetStackOutput(read_members(argument.as_object().ok_or_else(wrong)?)?),
        "Fn::Join" | "Fn::Split" => match argument.as_array().map(Vec::as_slice) {
            Some([Value::String(by), value]) if name == "Fn::Join" => Function::Join(by.clone(), read(value)?),
            Some([Value::String(by), value]) => Function::Split(by.clone(), read(value)?),
            _ => return Err(wrong()),
        },
        _ => return plain_function(name, argument).map_err(|inner| inner.unwrap_or_else(wrong)),
    }))
}

/// Functions whose arguments are values and nothing else. The error is the inner one's words, if it has any.
fn plain_function(name: &str, argument: &Value) -> Result<Option<Function>, Option<String>> {
    let one = || read(argument).map_err(Some);
    let list = || -> Result<Vec<Expression>, Option<String>> {
        argument.as_array().ok_or(None)?.iter().map(|item| read(item).map_err(Some)).collect()
    };
    let fixed = |count: std::ops::RangeInclusive<usize>| {
        let items = list()?;
        if count.contains(&items.len()) { Ok(items.into_iter()) } else { Err(None) }
    };
    Ok(Some(match name {
        "Fn::ImportValue" => Function::ImportValue(one()?),
        "Fn::GetAZs" => Function::GetAzs(one()?),
        "Fn::Base64" => Function::Base64(one()?),
        "Fn::Length" => Function::Length(one()?),
        "Fn::ToJsonString" => Function::ToJsonString(one()?),
        "Fn::Select" => two(fixed(2..=2)?).map(|(one, two)| Function::Select(one, two)).ok_or(None)?,
        "Fn::Equals" => two(fixed(2..=2)?).map(|(one, two)| Function::Equals(one, two)).ok_or(None)?,
        "Fn::Cidr" => {
            let mut items = fixed(2..=3)?;
            let (block, count) = two(items.by_ref()).ok_or(None)?;
            Function::Cidr(block, count, items.next())
        }
        "Fn::And" => Function::And(fixed(2..=10)?.collect()),
        "Fn::Or" => Function::Or(fixed(2..=10)?.collect()),
        "Fn::Not" => Function::Not(fixed(1..=1)?.next().ok_or(None)?),
        "Fn::Transform" => return Err(Some("Fn::Transform is not played by the simulator".to_owned())),
        _ if name.starts_with("Fn::") => {
            return Err(Some(format!("Template format error: Unrecognized resource function: {name}")));
        }
        _ => return Ok(None),
    }))
}

fn two(mut items: impl Iterator<Item = Expression>) -> Option<(Expression, Expression)> {
    Some((items.next()?, items.next()?))
}

fn get_att(argument: &Value) -> Option<Function> {
    let (resource, attribute) = match argument {
        Value::String(text) => text.split_once('.')?,
        Value::Array(parts) => match parts.as_slice() {
            [resource, attribute] => (resource.as_str()?, attribute.as_str()?),
            _ => return None,
        },
        _ => return None,
    };
    Some(Function::GetAtt(resource.to_owned(), attribute.to_owned()))
}

fn sub(argument: &Value) -> Result<Option<Function>, String> {
    let (text, variables) = match argument {
        Value::String(text) => (text.as_str(), vec![]),
        Value::Array(parts) => match parts.as_slice() {
            [Value::String(text), Value::Object(variables)] => (text.as_str(), read_members(variables)?),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(Function::Sub(pieces(text), variables)))
}

/// Cuts a text at what it names; what stands as it is comes in one piece.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    for piece in template::pieces(text) {
        let name = match piece {
            template::Piece::Text(text) => {
                plain.push_str(text);
                continue;
            }
            template::Piece::Kept(name) => {
                plain.extend(["${", name, "}"]);
                continue;
            }
            template::Piece::Name(name) => name,
        };
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(match name.split_once('.') {
            Some((resource, attribute)) => Piece::GetAtt(resource.to_owned(), attribute.to_owned()),
            None => Piece::Ref(name.to_owned()),
        });
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

fn find_in_map(argument: &Value) -> Result<Option<Function>, String> {
    let Some(parts) = argument.as_array() else { return Ok(None) };
    let (keys, rest) = parts.split_at(parts.len().min(3));
    let [map, first, second] = keys else { return Ok(None) };
    let default = match rest {
        [] => None,
        [Value::Object(options)] => options.get("DefaultValue").map(read).transpose()?,
        _ => return Ok(None),
    };
    Ok(Some(Function::FindInMap([read(map)?, read(first)?, read(second)?], default)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Piece;
    use super::{pieces, read};

    #[test]
    fn a_text_is_cut_at_its_variables() {
        let cut = pieces("a-${Vpc.CidrBlock}-${!Kept}${Name}");
        let expected = [
            Piece::Text("a-".into()),
            Piece::GetAtt("Vpc".into(), "CidrBlock".into()),
            Piece::Text("-${Kept}".into()),
            Piece::Ref("Name".into()),
        ];
        assert_eq!(cut, expected);
    }

    #[test]
    fn a_function_with_wrong_arguments_is_refused() {
        for wrong in
            [json!({"Fn::Join": "a"}), json!({"Fn::And": [true]}), json!({"Fn::Nothing": 1}), json!({"Ref": 1})]
        {
            assert!(read(&wrong).is_err(), "{wrong}");
        }
    }
}
