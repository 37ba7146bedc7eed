// ExpositionKit: expositions and what they come to, one sample a line.
import Events
import Feeds

/// All samples as lines, `name{a="b"} 1 @1000`, or what is wrong.
func samples(_ text: String, _ format: ExpositionFormat = .text) -> String {
    samples(Array(text.utf8), format)
}

func samples(_ bytes: [UInt8], _ format: ExpositionFormat = .text) -> String {
    var parser = ExpositionParser(bytes, format)
    var lines: [String] = []
    do {
        while let line = try parser.next() {
            let time = line.timestamp.map { " @\($0)" } ?? ""
            lines.append("\(try parser.labels().brief) \(line.value.brief)\(time)")
        }
    } catch {
        return "\(error)"
    }
    return lines.joined(separator: "\n")
}

extension Labels {
    /// `name{a="b"}`, without escapes.
    var brief: String {
        let others = pairs.filter { $0.name != Labels.nameLabel }
        guard !others.isEmpty else { return metricName }
        return metricName + "{" + others.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
            + "}"
    }
}

extension Double {
    /// `1` and not `1.0`.
    var brief: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
