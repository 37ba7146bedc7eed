// Labels, in the journal: an object of names and values.

extension Labels: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try [String: String](from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
            .encode(to: encoder)
    }
}
