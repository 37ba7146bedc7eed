// ExpositionParser, labels: the label set of the newest sample.
package import Events

extension ExpositionParser {
    /// The labels of the newest sample, its metric's name among them.
    package func labels() throws(ExpositionError) -> Labels {
        do throws(ExpositionFault) {
            return try labelSet()
        } catch {
            throw placed(error)
        }
    }

    private func labelSet() throws(ExpositionFault) -> Labels {
        var labels: [Label] = []
        labels.reserveCapacity(parts.count + 1)
        labels.append(Label(Labels.nameLabel, try text(metricName ?? 0..<0, "metric name")))
        for part in parts {
            let name = try text(part.name, "label name")
            labels.append(Label(name, canonical(try text(part.value, "label value"), of: name)))
        }
        guard !labels[0].value.isEmpty else {
            throw ExpositionFault(message: "missing metric name (__name__ label)")
        }
        labels.sort { $0.name < $1.name }
        for (one, next) in zip(labels, labels.dropFirst()) where one.name == next.name {
            let name = one.name.utf8.goQuoted
            throw ExpositionFault(message: "label name \(name) is not unique: invalid sample")
        }
        return Labels(labels)
    }

    /// The text of a name or value: `\\`, `\"` and `\n` are escapes, any other backslash is itself.
    private func text(_ range: Range<Int>, _ what: String) throws(ExpositionFault) -> String {
        let bytes = lexer.bytes[range]
        let isEscaped = bytes.contains(.backslash)
        let text =
            isEscaped
            ? String(validating: Self.unescaped(bytes), as: UTF8.self)
            : String(validating: bytes, as: UTF8.self)
        guard let text else {
            throw ExpositionFault(message: "invalid UTF-8 \(what): \(bytes.goQuoted)")
        }
        return text
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == .backslash, let next = rest.first else {
                plain.append(byte)
                continue
            }
            switch next {
            case .backslash, .quote: plain.append(next)
            case UInt8(ascii: "n"): plain.append(.lineFeed)
            default: plain += [.backslash, next]
            }
            rest = rest.dropFirst()
        }
        return plain
    }

    /// The bounds of buckets and quantiles in the spelling of OpenMetrics.
    private func canonical(_ value: String, of name: String) -> String {
        switch (kind, name) {
        case (.histogram, "le"), (.summary, "quantile"):
            let number = try? ExpositionNumber.value(ArraySlice(value.utf8))
            return number?.openMetrics ?? value
        default: return value
        }
    }
}
