// RuleReader: one rule of a rule file.
import Alerting
import Events
import PromQL

/// Reads one rule, and finds all that is wrong with it.
struct RuleReader {
    private(set) var values: Unmarshalling
    private let file: String
    private let node: Node
    private let fields: [String: Node]
    private let record, alert, expression: String
    private var faults: [Fault] = []

    private struct Fault {
        var places: [Place]
        var message: String
    }

    private static let known = [
        "record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations",
    ]

    init(_ values: Unmarshalling, file: String, node: Node) {
        var values = values
        fields = values.fields(node, of: "rulefmt.Rule", known: Self.known)
        record = values.string(fields["record"])
        alert = values.string(fields["alert"])
        expression = values.string(fields["expr"])
        (self.values, self.file, self.node) = (values, file, node)
    }

    /// The faults as problems of a group's rule with this number, from 1.
    func problems(in group: String, number: Int) -> [RuleFileProblem] {
        let name = alert.isEmpty ? record : alert
        let rule = "group \(group.quoted), rule \(number), \(name.quoted)"
        return faults.map { RuleFileProblem(file, $0.message, at: $0.places, rule: rule) }
    }

    /// The rule, with its group's labels where it has none of the same name; nil where it has faults.
    mutating func rule(labels groupLabels: [String: String]) -> Rule? {
        checkNames()
        let expression = parsedExpression()
        let hold = duration("for")
        let keep = duration("keep_firing_for")
        let own = values.stringsByName(fields["labels"])
        let annotations = values.stringsByName(fields["annotations"])
        checkRecord(annotations: annotations, hold: hold, keep: keep)
        for name in own.keys.sorted() where !name.isLabelName {
            fault("invalid label name: \(name)")
        }
        for name in annotations.keys where name.isEmpty { fault("invalid annotation name: ") }
        let labels = groupLabels.merging(own) { $1 }
        let labelTexts = texts(labels, "label")
        let annotationTexts = texts(annotations, "annotation")
        guard faults.isEmpty, let expression else { return nil }
        guard alert.isEmpty else {
            return .alert(
                AlertRule(
                    name: alert, expression: expression, holdDuration: hold, keepFiringFor: keep,
                    labels: labelTexts, annotations: annotationTexts))
        }
        return .recording(RecordingRule(name: record, expression: expression, labels: labels))
    }

    private mutating func checkNames() {
        if !record.isEmpty, !alert.isEmpty {
            fault("only one of 'record' and 'alert' must be set", at: "record", "alert")
        }
        if record.isEmpty, alert.isEmpty {
            faults.append(
                Fault(places: [node.place], message: "one of 'record' or 'alert' must be set"))
        }
    }

    private mutating func parsedExpression() -> Expression? {
        guard !expression.isEmpty else {
            let place = fields["expr"]?.place ?? node.place
            faults.append(Fault(places: [place], message: "field 'expr' must be set in rule"))
            return nil
        }
        do throws(ParseError) {
            return try Expression.parse(expression)
        } catch {
            fault("could not parse expression: \(error)", at: "expr")
            return nil
        }
    }

    private mutating func checkRecord(
        annotations: [String: String], hold: Duration, keep: Duration
    ) {
        guard !record.isEmpty else { return }
        let foreign = [
            ("annotations", !annotations.isEmpty), ("for", hold != .zero),
            ("keep_firing_for", keep != .zero),
        ]
        for (field, isThere) in foreign where isThere {
            fault("invalid field '\(field)' in recording rule", at: "record")
        }
        if record.contains(where: { $0 == "{" || $0 == "}" }) {
            fault(
                "braces present in the recording rule name; should it be in expr?: \(record)",
                at: "record")
        }
    }

    /// The texts with their templates parsed; those of a recording rule are no templates.
    private mutating func texts(_ values: [String: String], _ kind: String) -> [RuleText] {
        guard !alert.isEmpty else { return [] }
        var texts: [RuleText] = []
        for (name, text) in values.sorted(by: { $0.key < $1.key }) {
            do throws(TemplateError) {
                texts.append(RuleText(name, try Template(text, name: "__alert_" + alert)))
            } catch {
                fault("\(kind) \(name.quoted): \(error)")
            }
        }
        return texts
    }

    private mutating func duration(_ field: String) -> Duration {
        do throws(RuleFileProblem) {
            return try values.duration(fields[field], file: file)
        } catch {
            fault(error.message, at: field)
            return .zero
        }
    }

    private mutating func fault(_ message: String, at names: String...) {
        faults.append(Fault(places: names.compactMap { fields[$0]?.place }, message: message))
    }
}
