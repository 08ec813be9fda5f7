//! What a template takes from other stacks.

use serde_json::Value;

/// What a template takes from another stack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Taken {
    /// An output (`Fn::GetStackOutput`), read anew whenever the stack is updated.
    Output {
        /// The name of the other stack.
        stack: String,
        /// The output's name.
        output: String,
        /// The other's region, if it is given.
        region: Option<String>,
        /// The account of the role that reads, if one is given.
        account: Option<String>,
    },
    /// An export (`Fn::ImportValue`), which the service keeps as it is while it is imported.
    Export(String),
}

impl Taken {
    /// What a function takes, by its name and its argument with all filled in; none if it is not known.
    pub(super) fn by(function: &str, argument: &Value) -> Option<Self> {
        let known = |value: &Value| value.as_str().filter(|text| !super::symbol::is_in(text)).map(str::to_owned);
        if function == "Fn::ImportValue" {
            return known(argument).map(Self::Export);
        }
        // `arn:aws:iam::111111111111:role/…`
        let account = known(&argument["RoleArn"]).and_then(|arn| arn.split(':').nth(4).map(str::to_owned));
        let (stack, output) = (known(&argument["StackName"])?, known(&argument["OutputName"])?);
        Some(Self::Output { stack, output, region: known(&argument["Region"]), account })
    }
}
