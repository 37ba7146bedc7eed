// Indexing: Go's index, slice and len.

extension TemplateFunction {
    static let indexing = [
        Self("index", [.reflected], rest: .reflected) { _, values throws(CallFailure) in
            var item = values[0].unwrapped
            if case .none = item { throw CallFailure("index of untyped nil") }
            for key in values.dropFirst() { item = try element(key.unwrapped, of: item) }
            return item
        },
        Self("slice", [.reflected], rest: .reflected) { _, values throws(CallFailure) in
            try slice(values[0].unwrapped, values.dropFirst())
        },
        Self("len", [.reflected]) { _, values throws(CallFailure) in
            if case .any(.none) = values[0] { throw CallFailure("len of nil pointer") }
            let item = values[0].pointee
            if let count = item.count { return .int(count) }
            guard let type = item.type else {
                throw CallFailure("reflect: call of reflect.Value.Type on zero Value")
            }
            throw CallFailure("len of type \(type.pointeeName)")
        },
    ]

    private static func element(
        _ key: TemplateValue, of item: TemplateValue
    ) throws(CallFailure) -> TemplateValue {
        switch item.pointee {
        case .string(let text), .html(let text):
            let index = try position(key, upTo: text.utf8.count)
            guard let byte = text.utf8.dropFirst(index).first else {
                throw CallFailure("reflect: string index out of range")
            }
            return .integer(Int64(byte), .uint8)
        case .samples(let samples):
            let index = try position(key, upTo: samples.count)
            guard samples.indices.contains(index) else {
                throw CallFailure("reflect: slice index out of range")
            }
            return .sample(samples[index])
        case .labels, .arguments:
            if case .string(let name) = key { return item.pointee.element(name) }
            guard let type = key.type else {
                throw CallFailure("value is nil; should be of type string")
            }
            throw CallFailure("value has type \(type.name); should be string")
        case .null: throw CallFailure("index of nil pointer")
        case let other:
            throw CallFailure("can't index item of type \(other.type?.pointeeName ?? "")")
        }
    }

    /// The index that a value stands for.
    private static func position(
        _ index: TemplateValue, upTo count: Int
    ) throws(CallFailure) -> Int {
        switch index {
        case .integer(let index, _):
            guard (0...Int64(count)).contains(index) else {
                throw CallFailure("index out of range: \(index)")
            }
            return Int(index)
        case .none: throw CallFailure("cannot index slice/array with nil")
        default:
            throw CallFailure("cannot index slice/array with type \(index.type?.name ?? "")")
        }
    }

    private static func slice(
        _ item: TemplateValue, _ indexes: ArraySlice<TemplateValue>
    ) throws(CallFailure) -> TemplateValue {
        if case .none = item { throw CallFailure("slice of untyped nil") }
        guard indexes.count < 4 else {
            throw CallFailure("too many slice indexes: \(indexes.count)")
        }
        let item = item.pointee
        guard let count = item.count, item.isText || item.isList else {
            throw CallFailure("can't slice item of type \(item.type?.pointeeName ?? "")")
        }
        guard indexes.count < 3 || !item.isText else {
            throw CallFailure("cannot 3-index slice a string")
        }
        var bounds = [0, count]
        for (offset, index) in indexes.enumerated() {
            let bound = try position(index, upTo: count)
            if offset < 2 { bounds[offset] = bound } else { bounds.append(bound) }
        }
        for (low, high) in zip(bounds, bounds.dropFirst()) where low > high {
            throw CallFailure("invalid slice index: \(low) > \(high)")
        }
        return item.part(bounds[0]..<bounds[1])
    }
}

extension TemplateValue {
    /// How many elements, or bytes of text, the value has; nil where it has none to count.
    fileprivate var count: Int? {
        switch self {
        case .string(let text), .html(let text): text.utf8.count
        case .labels(let labels): labels.count
        case .arguments(let arguments): arguments.values.count
        case .samples(let samples): samples.count
        case .null(.samples): 0
        default: nil
        }
    }

    fileprivate var isList: Bool {
        switch self {
        case .samples, .null(.samples): true
        default: false
        }
    }

    fileprivate func part(_ range: Range<Int>) -> Self {
        switch self {
        case .string(let text): .string(text.bytes(range))
        case .html(let text): .html(text.bytes(range))
        default: .samples(Array(list[range]))
        }
    }
}

extension String {
    /// A piece of the text; a character that was cut in two is replaced.
    fileprivate func bytes(_ range: Range<Int>) -> String {
        String(decoding: utf8.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
    }
}
