// Captures: what the groups of a regular expression took from a value.
import CRE2

extension Pattern {
    /// `template` with `$1`, `${1}` and `${name}` replaced by what the groups took.
    ///
    /// A group that took no part, or is none, gives nothing; `$$` is a dollar sign. A name is taken as
    /// long as it gets: `$1x` is the group named `1x`.
    /// Source: <https://pkg.go.dev/regexp#Regexp.Expand>
    ///
    /// - Returns: nil where the value as a whole does not match.
    package func expand(_ template: String, in value: String) -> String? {
        captures(in: value).map { captures in
            var text = ""
            var rest = Substring(template)
            while let dollar = rest.firstIndex(of: "$") {
                text += rest[..<dollar]
                rest = rest[dollar...].dropFirst()
                if rest.first == "$" {
                    text += "$"
                    rest = rest.dropFirst()
                } else if let name = Self.groupName(takenFrom: &rest) {
                    text += capture(of: name, captures)
                } else {
                    text += "$"
                }
            }
            return text + rest
        }
    }

    /// The whole value and each group's part of it; nil where it does not match.
    private func captures(in value: String) -> [String]? {
        let groups = claw_pattern_group_count(compiled) + 1
        var spans = [Int](repeating: -1, count: 2 * groups)
        var value = value
        return value.withUTF8 { utf8 in
            let matches = utf8.withMemoryRebound(to: CChar.self) { bytes in
                claw_pattern_captures(compiled, bytes.baseAddress, bytes.count, &spans, groups)
            }
            guard matches else { return nil }
            return (0..<groups).map { group in
                let (start, end) = (spans[2 * group], spans[2 * group + 1])
                return start < 0 ? "" : String(decoding: utf8[start..<end], as: UTF8.self)
            }
        }
    }

    private func capture(of name: String, _ captures: [String]) -> String {
        let number = Int(name) ?? namedGroup(name)
        return captures.indices.contains(number) ? captures[number] : ""
    }

    private func namedGroup(_ name: String) -> Int {
        var name = name
        return name.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { bytes in
                Int(claw_pattern_group_named(compiled, bytes.baseAddress, bytes.count))
            }
        }
    }

    /// Takes `name` or `{name}` from the front of `rest`; nil where neither stands there.
    private static func groupName(takenFrom rest: inout Substring) -> String? {
        let isBraced = rest.first == "{"
        let name = rest.dropFirst(isBraced ? 1 : 0).prefix {
            $0 == "_" || $0.isLetter || $0.isNumber
        }
        let after = rest[name.endIndex...]
        guard !name.isEmpty, !isBraced || after.first == "}" else { return nil }
        rest = isBraced ? after.dropFirst() : after
        return String(name)
    }
}
