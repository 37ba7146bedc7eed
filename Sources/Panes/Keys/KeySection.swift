// KeySection: the key table as Markdown, for the README.
import Drawing

package enum KeySection {
    /// One table of all keys, grouped by where they work.
    package static var markdown: String {
        let groups = KeyContext.allCases.map { context in
            let rows = KeyTable.bindings.filter { $0.context == context }.map { binding in
                let keys = binding.keys.map { "`\(escaped($0.name(.ascii)))`" }
                return "| \(keys.joined(separator: " ")) | \(escaped(binding.help)) |"
            }
            return (["| \(context.rawValue) | |", "|---|---|"] + rows).joined(separator: "\n")
        }
        return groups.joined(separator: "\n\n") + "\n"
    }

    private static func escaped(_ text: String) -> String {
        String(text.flatMap { $0 == "|" ? "\\|" : String($0) })
    }
}
