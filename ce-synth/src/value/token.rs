//! What is not known before synthesis or deployment.

use std::borrow::Cow;

use super::Expr;
use crate::tree::NodeId;

/// A part of a value that names something in the app or calls an intrinsic function.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// `Ref` to a resource or parameter.
    Ref(NodeId),
    /// `Fn::GetAtt` of a resource.
    Att(NodeId, Cow<'static, str>),
    /// The plain logical id of a node: condition and mapping names, `DependsOn`.
    LogicalId(NodeId),
    /// A pseudo parameter.
    Pseudo(Pseudo),
    /// An intrinsic function with its argument.
    Call(Function, Expr),
}

/// The pseudo parameters of CloudFormation.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pseudo {
    /// `AWS::AccountId`
    AccountId,
    /// `AWS::NotificationARNs`, a list
    NotificationArns,
    /// `AWS::NoValue`
    NoValue,
    /// `AWS::Partition`
    Partition,
    /// `AWS::Region`
    Region,
    /// `AWS::StackId`
    StackId,
    /// `AWS::StackName`
    StackName,
    /// `AWS::URLSuffix`
    UrlSuffix,
}

impl Pseudo {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::AccountId,
        Self::NotificationArns,
        Self::NoValue,
        Self::Partition,
        Self::Region,
        Self::StackId,
        Self::StackName,
        Self::UrlSuffix,
    ];

    /// The name in a template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountId => "AWS::AccountId",
            Self::NotificationArns => "AWS::NotificationARNs",
            Self::NoValue => "AWS::NoValue",
            Self::Partition => "AWS::Partition",
            Self::Region => "AWS::Region",
            Self::StackId => "AWS::StackId",
            Self::StackName => "AWS::StackName",
            Self::UrlSuffix => "AWS::URLSuffix",
        }
    }
}

/// The intrinsic functions of CloudFormation.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `Fn::And`, in conditions
    And,
    /// `Fn::Base64`
    Base64,
    /// `Fn::Cidr`
    Cidr,
    /// `Condition`, the name of another condition, in conditions
    Condition,
    /// `Fn::Equals`, in conditions
    Equals,
    /// `Fn::FindInMap`
    FindInMap,
    /// `Fn::GetAZs`
    GetAzs,
    /// `Fn::GetStackOutput`: an output of another stack, region or account
    GetStackOutput,
    /// `Fn::If`
    If,
    /// `Fn::ImportValue`
    ImportValue,
    /// `Fn::Join`
    Join,
    /// `Fn::Length`, of the `AWS::LanguageExtensions` transform
    Length,
    /// `Fn::Not`, in conditions
    Not,
    /// `Fn::Or`, in conditions
    Or,
    /// `Fn::Select`
    Select,
    /// `Fn::Split`
    Split,
    /// `Fn::Sub`
    Sub,
    /// `Fn::ToJsonString`, of the `AWS::LanguageExtensions` transform
    ToJsonString,
    /// `Fn::Transform`
    Transform,
}

impl Function {
    /// The key in a template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::And => "Fn::And",
            Self::Base64 => "Fn::Base64",
            Self::Cidr => "Fn::Cidr",
            Self::Condition => "Condition",
            Self::Equals => "Fn::Equals",
            Self::FindInMap => "Fn::FindInMap",
            Self::GetAzs => "Fn::GetAZs",
            Self::GetStackOutput => "Fn::GetStackOutput",
            Self::If => "Fn::If",
            Self::ImportValue => "Fn::ImportValue",
            Self::Join => "Fn::Join",
            Self::Length => "Fn::Length",
            Self::Not => "Fn::Not",
            Self::Or => "Fn::Or",
            Self::Select => "Fn::Select",
            Self::Split => "Fn::Split",
            Self::Sub => "Fn::Sub",
            Self::ToJsonString => "Fn::ToJsonString",
            Self::Transform => "Fn::Transform",
        }
    }

    /// Whether the result is a list.
    pub const fn gives_list(self) -> bool {
        matches!(self, Self::Cidr | Self::GetAzs | Self::Split)
    }

    /// Whether the template needs the `AWS::LanguageExtensions` transform for it.
    pub const fn needs_language_extensions(self) -> bool {
        matches!(self, Self::Length | Self::ToJsonString)
    }
}
