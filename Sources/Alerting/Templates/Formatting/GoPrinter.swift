// GoPrinter: values as text, as Go's fmt package prints them.

/// Prints values under verbs and flags: <https://pkg.go.dev/fmt>.
struct GoPrinter {
    /// What stands between a percent sign and its verb.
    struct Flags {
        var plus = false
        var minus = false
        var sharp = false
        var space = false
        var zero = false
        var width: Int?
        var precision: Int?
        /// `%#v`: as Go's source would write it.
        var asSource = false
        /// `%+v`: with the names of fields.
        var named = false
    }

    /// The alert whose data a printed dot shows.
    let input: TemplateInput
    var output = ""
    var flags = Flags()
    /// Whether a complaint is being printed, which shows plain values.
    var isComplaining = false

    init(_ input: TemplateInput) {
        self.input = input
    }

    /// The text of an action's value, or of several, with a space where neither of two is a text.
    static func shown(_ values: [TemplateValue], of input: TemplateInput) -> String {
        let values = values.map { value in
            if case .none = value.unwrapped { TemplateValue.html("<no value>") } else { value }
        }
        return joined(values, of: input) { printer, value in
            switch value.pointee {
            case .sample: printer.print(fields: ["Labels", "Value"], of: value.pointee, "v")
            case let value: printer.print(value, "v")
            }
        }
    }

    /// Like Go's `Sprint`.
    static func printed(_ values: [TemplateValue], of input: TemplateInput) -> String {
        joined(values, of: input) { printer, value in printer.print(value, "v") }
    }

    private static func joined(
        _ values: [TemplateValue], of input: TemplateInput,
        print: (inout Self, TemplateValue) -> Void
    ) -> String {
        var printer = Self(input)
        var followsText = true
        for value in values {
            let isText = value.unwrapped.isText
            if !isText, !followsText { printer.output += " " }
            print(&printer, value)
            followsText = isText
        }
        return printer.output
    }

    /// Like Go's `Sprintln`.
    static func printedLine(_ values: [TemplateValue], of input: TemplateInput) -> String {
        var printer = Self(input)
        for (index, value) in values.enumerated() {
            if index > 0 { printer.output += " " }
            printer.print(value, "v")
        }
        return printer.output + "\n"
    }

    mutating func print(_ value: TemplateValue, _ verb: Unicode.Scalar) {
        let value = value.unwrapped
        switch (verb, value) {
        case ("v", .none), ("T", .none): pad("<nil>")
        case ("T", _): print(text: value.type?.name ?? "", "s")
        case ("w", _), ("p", _), (_, .none): complain(of: value, verb)
        default: print(value, verb, depth: 0)
        }
    }

    private mutating func print(_ value: TemplateValue, _ verb: Unicode.Scalar, depth: Int) {
        if let text = value.ownText, !isComplaining, !flags.asSource, "vsxXq".has(verb) {
            return print(text: text, verb)
        }
        switch value {
        case .none: output += "<nil>"
        case .bool(let value):
            if "tv".has(verb) { pad("\(value)") } else { complain(of: .bool(value), verb) }
        case .integer(let number, _): print(number, of: value, verb)
        case .float(let number): print(number, of: value, verb)
        case .string(let text), .html(let text):
            if "vsxXq".has(verb) { print(text: text, verb) } else { complain(of: value, verb) }
        case .labels(let labels):
            print(map: labels.mapValues { .string($0) }, of: value, verb, depth)
        case .arguments(let arguments): print(map: arguments.values, of: value, verb, depth)
        case .samples(let samples): print(samples, verb, depth)
        case .sample:
            // An address to Go, where it is part of a list: the sample tells more.
            if depth > 0, !"vdboxX".has(verb) { return complain(of: value, verb) }
            output += "&"
            print(fields: ["Labels", "Value"], of: value, verb)
        case .alert:
            print(fields: ["Labels", "ExternalLabels", "ExternalURL", "Value"], of: value, verb)
        case .time(let time):
            if isComplaining { output += time.description } else { complain(of: value, verb) }
        case .pointer(let pointee): print(pointee, verb, depth: depth + 1)
        case .null: output += "<nil>"
        case .any(let value): print(value, verb, depth: depth + 1)
        }
    }

    private mutating func print(
        map: [String: TemplateValue], of value: TemplateValue, _ verb: Unicode.Scalar, _ depth: Int
    ) {
        output += flags.asSource ? (value.type?.name ?? "") + "{" : "map["
        let sorted = map.sorted { $0.key.utf8Precedes($1.key) }
        for (index, (key, value)) in sorted.enumerated() {
            if index > 0 { output += flags.asSource ? ", " : " " }
            print(.string(key), verb, depth: depth + 1)
            output += ":"
            print(value, verb, depth: depth + 1)
        }
        output += flags.asSource ? "}" : "]"
    }

    private mutating func print(
        _ samples: [TemplateSample], _ verb: Unicode.Scalar, _ depth: Int
    ) {
        // Go prints addresses here; the samples tell more.
        output += "["
        for (index, sample) in samples.enumerated() {
            if index > 0 { output += " " }
            print(.sample(sample), verb, depth: depth + 1)
        }
        output += "]"
    }

    mutating func print(
        fields names: [String], of value: TemplateValue, _ verb: Unicode.Scalar
    ) {
        output += "{"
        for (index, name) in names.enumerated() {
            if index > 0 { output += " " }
            if flags.named { output += name + ":" }
            print(value.field(name, of: input)?.unwrapped ?? .none, verb, depth: 1)
        }
        output += "}"
    }

    /// `%!d(string=abc)`: the verb does not go with the value.
    mutating func complain(of value: TemplateValue, _ verb: Unicode.Scalar) {
        output += "%!\(verb)("
        if let type = value.type {
            output += type.name + "="
            isComplaining = true
            print(value, "v", depth: 0)
            isComplaining = false
        } else {
            output += "<nil>"
        }
        output += ")"
    }
}

extension String {
    /// Whether one of this text's characters is the scalar.
    func has(_ scalar: Unicode.Scalar) -> Bool {
        unicodeScalars.contains(scalar)
    }
}

extension TemplateValue {
    var isText: Bool {
        switch self {
        case .string, .html: true
        default: false
        }
    }

    /// What the value's type says of itself: Go's `String` method.
    var ownText: String? {
        switch self {
        case .time(let time): time.description
        case .integer(let value, .duration): GoDuration.text(value)
        case .integer(let value, .month): GoTime.monthName(Int(value))
        case .integer(let value, .weekday): GoTime.weekdayName(Int(value))
        case .pointer(let value): value.ownText
        default: nil
        }
    }
}
