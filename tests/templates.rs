//! What holds of every template of every example, in every environment and profile.

#![allow(dead_code, missing_docs, unreachable_pub, reason = "examples are programs; only one function of each is used")]

mod templates {
    mod automation_documents;
    mod generated_files;
    mod limits;

    use ce::prelude::*;
    use ce::synth::Assembly;
    use serde_json::Value as Json;

    #[path = "../../examples/dr_pair.rs"]
    mod dr_pair;
    #[path = "../../examples/every_type.rs"]
    mod every_type;
    #[path = "../../examples/existing_network.rs"]
    mod existing_network;
    #[path = "../../examples/own_construct.rs"]
    mod own_construct;
    #[path = "../../examples/policy.rs"]
    mod policy;
    #[path = "../../examples/prod/main.rs"]
    mod prod;
    #[path = "../../examples/static_site_with_api.rs"]
    mod static_site_with_api;
    #[path = "../../examples/three_tier.rs"]
    mod three_tier;

    type Example = (&'static str, fn(&App), &'static [(&'static str, &'static str)]);

    const EXAMPLES: [Example; 12] = [
        ("prod", prod::claude_enhancer, &[]),
        ("prod@blue-green", prod::claude_enhancer, &[("profile", "blue-green")]),
        ("prod@canary", prod::claude_enhancer, &[("profile", "canary")]),
        ("staging", prod::claude_enhancer, &[("environment", "staging")]),
        ("dev", prod::claude_enhancer, &[("environment", "dev")]),
        ("three_tier", three_tier::three_tier, &[]),
        ("static_site_with_api", static_site_with_api::static_site_with_api, &[]),
        ("own_construct", own_construct::own_construct, &[]),
        ("existing_network", existing_network::existing_network, &[]),
        ("policy", policy::policy, &[]),
        ("every_type", every_type::every_type, &[]),
        ("dr_pair", dr_pair::dr_pair, &[]),
    ];

    /// A template, and where it is from.
    struct Template {
        place: String,
        bytes: usize,
        body: Json,
    }

    impl Template {
        /// The entries of a section.
        fn section(&self, name: &str) -> impl Iterator<Item = (&String, &Json)> {
            self.body[name].as_object().into_iter().flatten()
        }
    }

    fn assemblies() -> impl Iterator<Item = (&'static str, Assembly)> {
        EXAMPLES.into_iter().map(|(name, build, context)| {
            let app = App::new();
            for (key, value) in context {
                app.set_context(*key, *value);
            }
            build(&app);
            (name, app.synth().unwrap_or_else(|findings| panic!("{findings}")))
        })
    }

    fn all() -> Vec<Template> {
        let mut templates = Vec::new();
        for (name, assembly) in assemblies() {
            for stack in assembly.stacks() {
                let body = serde_json::from_str(stack.template()).unwrap_or_else(|error| panic!("{error}"));
                let place = format!("{name}: {}", stack.id());
                templates.push(Template { place, bytes: stack.template().len(), body });
            }
        }
        templates
    }
}
