// ThemeReader: themes from YAML; the format is explained in themes/README.md.
package import Drawing
import Themes

extension Theme {
    /// Reads the theme in `text`; `file` is its name in complaints.
    package init(yaml text: String, file: String) throws(DocumentError) {
        let fields = try Fields(
            Node(yaml: text, file: file),
            known: ["name", "summary", "background", "roles", "grounds"], file: file)
        self.init(
            name: try fields.required("name"), summary: try fields.string("summary") ?? "",
            looks: [:], grounds: try fields.grounds(),
            background: try fields["background"].map { node throws(DocumentError) in
                try Color(node, file: file)
            } ?? .standard)
        looks = try fields.looks(heats: grounds)
    }

    /// The theme of that name among those that come with clawtop.
    package static func embedded(_ name: String) throws(DocumentError) -> Theme? {
        guard let theme = Themes.all.first(where: { $0.name == name }) else { return nil }
        let text = String(decoding: theme.yaml, as: UTF8.self)
        return try Theme(yaml: text, file: "\(name).yaml")
    }
}

extension Fields {
    fileprivate func grounds() throws(DocumentError) -> [Ground: Color] {
        // The plain ground is the terminal's own, and no theme's business.
        let names = Ground.allCases.filter { $0 != .plain }.map { (name: "\($0)", ground: $0) }
        guard let node = self["grounds"] else { return [:] }
        let fields = try Fields(node, known: names.map(\.name), file: file)
        var grounds: [Ground: Color] = [:]
        for (name, ground) in names {
            guard let node = fields[name] else { continue }
            grounds[ground] = try Color(node, file: file)
        }
        return grounds
    }

    /// A heat without a look of its own is the same as the ground of its name.
    fileprivate func looks(heats grounds: [Ground: Color]) throws(DocumentError) -> [Role: Look] {
        let names = Role.allCases.map { (name: "\($0)", role: $0) }
        var looks: [Role: Look] = [:]
        for (ground, color) in grounds {
            let role = names.first { $0.role.heat != nil && $0.role.heat == ground.heat }?.role
            if let role { looks[role] = Look(color) }
        }
        guard let node = self["roles"] else { return looks }
        let fields = try Fields(node, known: names.map(\.name), file: file)
        for (name, role) in names {
            guard let node = fields[name] else { continue }
            looks[role] = try Look(node, file: file)
        }
        return looks
    }

    fileprivate func flag(_ key: String) throws(DocumentError) -> Bool {
        switch try string(key) {
        case nil, "false": return false
        case "true": return true
        case let other?:
            let place = self[key]?.place ?? place
            throw DocumentError(file, place, "\"\(key)\" must be true or false, not \"\(other)\"")
        }
    }
}

extension Look {
    /// A colour, or a mapping that adds attributes to one.
    fileprivate init(_ node: Node, file: String) throws(DocumentError) {
        guard case .mapping = node.content else {
            self.init(try Color(node, file: file))
            return
        }
        let fields = try Fields(
            node, known: ["color", "bold", "dim", "underline", "reverse"], file: file)
        var color = Color.standard
        if let node = fields["color"] { color = try Color(node, file: file) }
        self.init(
            color, bold: try fields.flag("bold"), dim: try fields.flag("dim"),
            underlined: try fields.flag("underline"), reversed: try fields.flag("reverse"))
    }
}

extension Color {
    fileprivate init(_ node: Node, file: String) throws(DocumentError) {
        guard case .scalar(let text, _) = node.content else {
            throw DocumentError(file, node.place, "a colour is a single value")
        }
        guard let color = Color(text) else {
            throw DocumentError(
                file, node.place,
                "\"\(text)\" is no colour; write rrggbb, a number from 0 to 15, or standard")
        }
        self = color
    }

    private init?(_ text: String) {
        if text == "standard" {
            self = .standard
        } else if text.utf8.count == 6, text.allSatisfy(\.isHexDigit),
            let value = UInt32(text, radix: 16)
        {
            self = .rgb(
                red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
        } else if let index = UInt8(text), index < 16, text.utf8.count <= 2 {
            self = .indexed(index)
        } else {
            return nil
        }
    }
}
