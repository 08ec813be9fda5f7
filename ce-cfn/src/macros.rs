//! What the types of each generated kind have in common.

/// A resource: construction, the trait of `ce-synth`, and its `Copy` handle.
///
/// A fifth argument is the ARN marker of a type whose `Ref` is its ARN.
macro_rules! cfn_resource {
    ($name:ident, $handle:ident, $type:literal, $id:path) => {
        $crate::macros::cfn_resource!(@shared $name, $handle, $type, $id, $id);
    };
    ($name:ident, $handle:ident, $type:literal, $id:path, $arn:path) => {
        $crate::macros::cfn_resource!(@shared $name, $handle, $type, $id, $arn);
        impl ::ce_synth::IntoValue<$arn> for $handle<'_> {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<$arn> {
                self.0.reference()
            }
        }
    };
    (@shared $name:ident, $handle:ident, $type:literal, $id:path, $reference:path) => {
        impl $name {
            /// The resource with nothing set; what is required and missing is a finding at synthesis.
            #[inline]
            pub const fn new() -> Self {
                Self(::ce_synth::PropMap::new())
            }
        }

        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }

        impl ::ce_synth::CfnResource for $name {
            const TYPE: &'static str = $type;
            const SCHEMAS: &'static ::ce_synth::schema::Schemas = &$crate::SCHEMAS;
            type Handle<'a> = $handle<'a>;
            #[inline]
            fn from_properties(properties: ::ce_synth::PropMap) -> Self {
                Self(properties)
            }
            #[inline]
            fn into_properties(self) -> ::ce_synth::PropMap {
                self.0
            }
        }

        #[doc = concat!("A handle to an `", $type, "` that lives in the app.")]
        #[derive(::core::clone::Clone, ::core::marker::Copy)]
        pub struct $handle<'a>(::ce_synth::Resource<'a, $name>);

        impl<'a> $handle<'a> {
            /// `Ref`.
            #[inline]
            pub fn ref_(self) -> ::ce_synth::Value<$reference> {
                self.0.reference()
            }
        }

        impl<'a> ::core::convert::From<::ce_synth::Resource<'a, $name>> for $handle<'a> {
            #[inline]
            fn from(resource: ::ce_synth::Resource<'a, $name>) -> Self {
                Self(resource)
            }
        }

        impl<'a> ::core::ops::Deref for $handle<'a> {
            type Target = ::ce_synth::Resource<'a, $name>;
            #[inline]
            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::ce_synth::IntoValue<$id> for $handle<'_> {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<$id> {
                self.0.reference()
            }
        }

        impl ::ce_synth::IntoValue<::std::string::String> for $handle<'_> {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<::std::string::String> {
                self.0.reference()
            }
        }
    };
}

/// A nested object.
macro_rules! cfn_property {
    ($name:ident) => {
        impl $name {
            /// The object with nothing set.
            #[inline]
            pub const fn new() -> Self {
                Self(::ce_synth::PropMap::new())
            }
        }

        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }

        impl ::ce_synth::IntoValue<$name> for $name {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<$name> {
                ::ce_synth::Value::from_expr(self.0.into())
            }
        }

        impl ::ce_synth::IntoValue<::ce_synth::Json> for $name {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<::ce_synth::Json> {
                ::ce_synth::Value::from_expr(self.0.into())
            }
        }
    };
}

/// The values AWS documents for a text. The list grows on their side, so any text is accepted too.
macro_rules! cfn_enum {
    ($name:ident { $($constant:ident = $value:literal),* $(,)? }) => {
        impl ::ce_synth::StrLike for $name {}

        impl $name {
            $(
                #[doc = concat!("`", $value, "`")]
                pub const $constant: ::ce_synth::Literal<Self> = ::ce_synth::Literal::new($value);
            )*
        }
    };
}

/// A typed id; one that is only some kind of id stands for any id of its type, the third argument.
macro_rules! cfn_id {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        pub enum $name {}
        impl ::ce_synth::StrLike for $name {}
        impl ::ce_synth::Id for $name {}
    };
    ($name:ident, $doc:literal, $any:ident) => {
        $crate::macros::cfn_id!($name, $doc);
        $crate::macros::cfn_id_stand_in!($name, $any);
    };
}

/// A typed id that AWS takes in place of another.
macro_rules! cfn_id_stand_in {
    ($name:ident, $other:ident) => {
        impl ::ce_synth::IntoValue<$other> for ::ce_synth::Value<$name> {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<$other> {
                self.cast()
            }
        }
    };
}

/// A handle whose `Ref` AWS takes in place of another type's id.
macro_rules! cfn_stand_in {
    ($handle:ident, $other:path) => {
        impl ::ce_synth::IntoValue<$other> for $handle<'_> {
            #[inline]
            fn into_value(self) -> ::ce_synth::Value<$other> {
                self.0.reference()
            }
        }
    };
}

pub(crate) use {cfn_enum, cfn_id, cfn_id_stand_in, cfn_property, cfn_resource, cfn_stand_in};
