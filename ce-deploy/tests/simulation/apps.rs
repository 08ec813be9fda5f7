//! Apps of several stacks, made from a seed: valid templates, in versions that change, add, replace and remove.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Asset, AssetId, Destination, Packaging, Source, Stack, StackId};
use ce_deploy::cloud::{Place, Secret, Target};
use ce_deploy::digest::sha256;
use ce_deploy::simulator::Dice;
use serde_json::{Map, Value, json};

/// A text that must show nowhere.
pub(crate) const CANARY: &str = "canary-7f3a";

/// The versions of an app, one after another, and the files they name.
pub(crate) struct App {
    pub(crate) versions: Vec<Arc<Assembly>>,
    pub(crate) files: Vec<(PathBuf, Arc<str>)>,
}

/// What does not change from version to version.
#[expect(clippy::struct_excessive_bools, reason = "each is thrown for itself")]
struct Shape {
    place: Place,
    needs: Vec<usize>,
    /// Whether a value of the first need is imported rather than read.
    imports: bool,
    nests: bool,
    network: bool,
    table: bool,
    secret: bool,
    tagged: bool,
}

pub(crate) fn app(seed: u64, versions: usize) -> App {
    let mut dice = Dice::of(seed);
    let shapes = shapes(&mut dice);
    let mut app = App { versions: Vec::new(), files: Vec::new() };
    let mut values: Vec<Values> = shapes.iter().map(|_| Values::new(&mut dice)).collect();
    for version in 0..versions {
        if version > 0 {
            values.iter_mut().for_each(|values| values.change(&mut dice));
        }
        let assembly = assembly(&shapes, &values, &mut app.files);
        app.versions.push(Arc::new(assembly));
    }
    app
}

fn shapes(dice: &mut Dice) -> Vec<Shape> {
    let places = [
        Place::new("111111111111", "eu-west-1"),
        Place::new("111111111111", "us-east-1"),
        Place::new("222222222222", "eu-west-1"),
    ];
    let count = dice.range(1..=4) as usize;
    let mut shapes: Vec<Shape> = Vec::new();
    for at in 0..count {
        let place = if dice.chance(65) { places[0].clone() } else { dice.pick(&places).clone() };
        let needs: Vec<usize> = (0..at).filter(|_| dice.chance(45)).collect();
        let near = needs.first().is_some_and(|need| shapes[*need].place == place);
        shapes.push(Shape {
            imports: near && dice.chance(40),
            nests: dice.chance(20),
            network: dice.chance(30),
            table: dice.chance(30),
            secret: dice.chance(30),
            tagged: dice.chance(40),
            place,
            needs,
        });
    }
    shapes
}

/// What may change from version to version.
#[derive(Clone)]
struct Values {
    delay: u32,
    fifo: bool,
    block: u32,
    more: u32,
    tag: u32,
    inner: u32,
    says: u32,
    key: bool,
}

impl Values {
    fn new(dice: &mut Dice) -> Self {
        Self { delay: 1, fifo: false, block: 1, more: dice.range(0..=2), tag: 1, inner: 1, says: 1, key: false }
    }

    fn change(&mut self, dice: &mut Dice) {
        let mut sometimes = |value: &mut u32| {
            if dice.chance(35) {
                *value += 1;
            }
        };
        [&mut self.delay, &mut self.tag, &mut self.inner, &mut self.says].into_iter().for_each(&mut sometimes);
        if dice.chance(15) {
            self.block += 1;
        }
        if dice.chance(20) {
            self.fifo = !self.fifo;
        }
        if dice.chance(10) {
            self.key = !self.key;
        }
        if dice.chance(30) {
            self.more = dice.range(0..=3);
        }
    }
}

fn name(at: usize) -> String {
    format!("stack-{at}")
}

fn assembly(shapes: &[Shape], values: &[Values], files: &mut Vec<(PathBuf, Arc<str>)>) -> Assembly {
    let mut assets = Vec::new();
    let stacks: Vec<Stack> = (0..shapes.len()).map(|at| stack(shapes, values, at, &mut assets, files)).collect();
    let digests: String = stacks.iter().map(|stack| stack.template_digest.as_str()).collect();
    Assembly { folder: "ce.out".into(), digest: sha256(digests), stacks, assets }
}

fn stack(
    shapes: &[Shape],
    values: &[Values],
    at: usize,
    assets: &mut Vec<Asset>,
    files: &mut Vec<(PathBuf, Arc<str>)>,
) -> Stack {
    let shape = &shapes[at];
    let mut shelf = Shelf { place: &shape.place, assets, files };
    let children = if shape.nests { children(&values[at], &mut shelf) } else { BTreeMap::new() };
    let template: Arc<str> = template(shapes, values, at, children.get("Child")).to_string().into();
    let id = |at: usize| StackId::new(format!("Stack{at}"));
    let mut parameters = BTreeMap::new();
    if shape.secret {
        parameters.insert("Word".to_owned(), Secret::new(CANARY));
    }
    let mut tags = BTreeMap::new();
    if shape.tagged {
        tags.insert("version".to_owned(), values[at].tag.to_string());
    }
    Stack {
        id: id(at),
        name: name(at),
        place: shape.place.clone(),
        template_digest: sha256(template.as_bytes()),
        template,
        template_url: None,
        parameters,
        kept: Vec::new(),
        tags,
        termination_protection: None,
        notification_arns: None,
        target: Target::new(shape.place.clone()),
        lookup: None,
        execution_role: None,
        bootstrap: None,
        needs: shape.needs.iter().map(|need| id(*need)).collect(),
        assets: children.values().map(|child| child.id.clone()).collect(),
        origins: BTreeMap::new(),
        nested: children.into_iter().map(|(path, child)| (path, child.text)).collect(),
    }
}

struct Child {
    id: AssetId,
    url: String,
    text: Arc<str>,
}

/// Where assets and files of nested templates go.
struct Shelf<'a> {
    place: &'a Place,
    assets: &'a mut Vec<Asset>,
    files: &'a mut Vec<(PathBuf, Arc<str>)>,
}

/// A nested stack, and one in it that comes and goes; both hold data.
fn children(values: &Values, shelf: &mut Shelf<'_>) -> BTreeMap<String, Child> {
    let deep = (!values.inner.is_multiple_of(3)).then(|| shelf.put(&deep_template(values)));
    let queue = json!({"DelaySeconds": values.inner, "FifoQueue": values.inner.is_multiple_of(2)});
    let mut resources = json!({"Inner": {"Type": "AWS::SQS::Queue", "Properties": queue}});
    if let Some(deep) = &deep {
        resources["Deep"] = json!({"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": deep.url}});
    }
    let outputs = json!({"Inner": {"Value": {"Fn::GetAtt": ["Inner", "Arn"]}}});
    let child = shelf.put(&json!({"Resources": resources, "Outputs": outputs}));
    let deep = deep.map(|deep| ("Child.Deep".to_owned(), deep));
    deep.into_iter().chain([("Child".to_owned(), child)]).collect()
}

fn deep_template(values: &Values) -> Value {
    let key = format!("key-{}", values.inner / 2);
    json!({"Resources": {"Table": {"Type": "AWS::DynamoDB::Table", "Properties": {
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST"
    }}}})
}

impl Shelf<'_> {
    fn put(&mut self, template: &Value) -> Child {
        let text: Arc<str> = template.to_string().into();
        let digest = sha256(text.as_bytes());
        let Place { account, region, .. } = self.place;
        let bucket = format!("cdk-hnb659fds-assets-{account}-{region}");
        let key = format!("{digest}.json");
        let url = format!("https://s3.{region}.amazonaws.com/{bucket}/{key}");
        let id = AssetId::new(format!("{digest}-{account}-{region}"));
        let path = PathBuf::from(format!("ce.out/{digest}.json"));
        self.files.push((path.clone(), Arc::clone(&text)));
        if self.assets.iter().all(|asset| asset.id != id) {
            self.assets.push(Asset {
                id: id.clone(),
                name: "a nested template".to_owned(),
                digest,
                bytes: text.len() as u64,
                source: Source::File { path, packaging: Packaging::File },
                destination: Destination::Bucket { target: Target::new(self.place.clone()), bucket, key },
            });
        }
        Child { id, url, text }
    }
}

fn template(shapes: &[Shape], values: &[Values], at: usize, child: Option<&Child>) -> Value {
    let (shape, values) = (&shapes[at], &values[at]);
    let mut resources = Map::new();
    let mut add = |name: &str, resource: Value| resources.insert(name.to_owned(), resource);
    add(
        "Queue",
        json!({"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": values.delay, "FifoQueue": values.fifo}}),
    );
    let mut topic = json!({"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Queue"}}});
    if let Some(need) = shape.needs.first() {
        topic["Properties"]["KmsMasterKeyId"] = read(shapes, at, *need);
    }
    if shape.secret {
        topic["Properties"]["DisplayName"] = json!({"Fn::Sub": "${Word}"});
    }
    add("Topic", topic);
    if shape.network {
        let block = format!("10.{}.0.0/16", values.block);
        add("Vpc", json!({"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": block}}));
        let properties = json!({
            "VpcId": {"Ref": "Vpc"},
            "CidrBlock": {"Fn::Select": [0, {"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, 2, 8]}]},
            "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
        });
        add("Subnet", json!({"Type": "AWS::EC2::Subnet", "Properties": properties}));
    }
    if shape.table {
        let key = if values.key { "other" } else { "id" };
        let properties = json!({
            "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
            "BillingMode": "PAY_PER_REQUEST"
        });
        add("Table", json!({"Type": "AWS::DynamoDB::Table", "Properties": properties}));
    }
    for more in 0..values.more {
        add(&format!("More{more}"), json!({"Type": "AWS::SQS::Queue", "DependsOn": "Topic"}));
    }
    if let Some(child) = child {
        add("Child", json!({"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": child.url}}));
    }
    let mut template = json!({
        "Resources": resources,
        "Outputs": {
            "Url": {"Value": {"Ref": "Queue"}},
            "Says": {"Value": format!("version-{}", values.says)},
            "Fixed": {"Value": "fixed", "Export": {"Name": format!("fixed-{at}")}}
        }
    });
    if shape.secret {
        template["Parameters"] = json!({"Word": {"Type": "String", "NoEcho": true}});
        template["Outputs"]["Word"] = json!({"Value": {"Ref": "Word"}});
    }
    template
}

/// A value of another stack: imported, or read.
fn read(shapes: &[Shape], at: usize, need: usize) -> Value {
    let (here, there) = (&shapes[at].place, &shapes[need].place);
    if shapes[at].imports {
        return json!({"Fn::ImportValue": format!("fixed-{need}")});
    }
    let mut from = json!({"StackName": name(need), "OutputName": "Says"});
    if here.region != there.region {
        from["Region"] = json!(there.region);
    }
    if here.account != there.account {
        from["RoleArn"] = json!(format!("arn:aws:iam::{}:role/reader", there.account));
    }
    json!({"Fn::GetStackOutput": from})
}
