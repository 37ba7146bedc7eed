// RuleText: one label or annotation of a rule, whose value may be a template.

package struct RuleText: Sendable {
    package var name: String
    package var template: Template

    package init(_ name: String, _ template: Template) {
        self.name = name
        self.template = template
    }
}

extension RuleText: Hashable {
    package static func == (one: Self, other: Self) -> Bool {
        one.name == other.name && one.template.text == other.template.text
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(template.text)
    }
}
