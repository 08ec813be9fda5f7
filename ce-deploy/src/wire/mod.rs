//! The simulated cloud over HTTP: what an AWS SDK or the stock `cdk` CLI sends, and what they read.
//!
//! What for: the trait level of the simulator plays millions of deployments but no request of it was ever signed, sent or
//! parsed. Behind this seam the real SDKs are in the loop, and any tool that takes an endpoint URL can be tried.
//!
//! ```
//! use ce_deploy::cloud::{Answer, Call, Failure, Target};
//! use ce_deploy::engine::Moment;
//! use ce_deploy::wire::{NewObject, Reply, Request, Service, respond};
//!
//! struct Empty;
//! impl Service for Empty {
//!     fn call(&mut self, _: Moment, _: &Target, _: Call) -> Result<Answer, Failure> {
//!         Ok(Answer::Stacks(Vec::new(), None))
//!     }
//!     fn put_object(&mut self, _: Moment, _: &Target, _: NewObject) -> Result<(), Failure> {
//!         Ok(())
//!     }
//!     fn object(&mut self, _: Moment, _: &Target, _: &str, _: &str) -> Result<Vec<u8>, Failure> {
//!         Err(Failure::answered("NoSuchKey", "the specified key does not exist"))
//!     }
//! }
//!
//! let request = Request::post("/", "Action=DescribeStacks&Version=2010-05-15")
//!     .header("authorization", "AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/cloudformation/aws4_request");
//! let Reply::Whole(response) = respond(&mut Empty, Moment(0), &request) else { panic!("an answer") };
//! assert_eq!(response.status, 200);
//! ```
//!
//! By default the account of a call is the access key id, where that is twelve digits, and the region that of the
//! signature. `AssumeRole` hands out keys that carry the role's account.
//!
//! | service | protocol |
//! |---|---|
//! | CloudFormation, STS | awsQuery: forms in, XML out |
//! | S3 | REST with XML |
//! | Systems Manager, ECR; ECS, CloudWatch Logs and CloudTrail, of failures | awsJson 1.1 |
//! | Cloud Control | awsJson 1.0 |
//!
//! What it does not do: check signatures, listen on a socket (`ce simulate --listen` does), know operations that neither
//! `ce` nor the stock CLI asks for while it deploys, destroys, compares, looks for drift or for what made a stack fail.

mod caller;
mod chunked;
mod cloudformation;
mod context;
mod control;
mod ecr;
mod error;
mod evidence;
mod form;
mod http;
mod respond;
mod s3;
mod service;
mod simulated;
mod ssm;
mod sts;
mod time;
mod xml;

pub use caller::{Caller, DEFAULT_ACCOUNT, Protocol};
pub use error::{Dialect, refusal};
pub use http::{Reply, Request, Response};
pub use respond::respond;
pub use service::{NewObject, Service};
pub use simulated::Simulated;
