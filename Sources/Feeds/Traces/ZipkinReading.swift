// ZipkinReading: an answer of traces, read without what we do not keep.
import Events

extension ZipkinSpan {
    /// All traces of one answer.
    ///
    /// A busy store's answers are megabytes: this is several times as fast as decoding them whole.
    static func traces(
        _ scanner: inout JSONScanner
    ) throws(JSONError) -> [[ZipkinSpan]] {
        guard try scanner.kind() == .array else { throw scanner.error("should begin an array") }
        var strings = StringTable()
        var traces: [[ZipkinSpan]] = []
        try scanner.array { (scanner) throws(JSONError) in
            var spans: [ZipkinSpan] = []
            try scanner.array { (scanner) throws(JSONError) in
                spans.append(try span(&scanner, &strings))
            }
            traces.append(spans)
        }
        return traces
    }

    private static func span(
        _ scanner: inout JSONScanner, _ strings: inout StringTable
    ) throws(JSONError) -> ZipkinSpan {
        var span = ZipkinSpan()
        scanner.skipSpace()
        let start = scanner.offset
        try scanner.object { (field, scanner) throws(JSONError) in
            switch field {
            case "traceId": span.traceId = try scanner.string(in: &strings)
            case "id": span.id = try scanner.string()
            case "kind": span.kind = try scanner.string()
            case "name": span.name = try scanner.string(in: &strings)
            case "timestamp": span.timestamp = try scanner.signed()
            case "duration": span.duration = try scanner.signed()
            case "shared": span.isShared = try scanner.literal() == "true"
            case "localEndpoint": span.service = try service(&scanner, &strings)
            case "tags": span.tags = try tags(&scanner)
            default: try scanner.skip()
            }
        }
        guard !span.traceId.isEmpty, !span.id.isEmpty else {
            throw JSONError(offset: start, reason: "begins a span without traceId or id")
        }
        return span
    }

    private static func service(
        _ scanner: inout JSONScanner, _ strings: inout StringTable
    ) throws(JSONError) -> String {
        var service = ""
        try scanner.object { (field, scanner) throws(JSONError) in
            switch field {
            case "serviceName": service = try scanner.string(in: &strings)
            default: try scanner.skip()
            }
        }
        return service
    }

    private static func tags(_ scanner: inout JSONScanner) throws(JSONError) -> Tags {
        var tags = Tags()
        var header = ""
        try scanner.object { (name, scanner) throws(JSONError) in
            switch name {
            case "error": (tags.isError, tags.error) = (true, try scanner.string())
            case "saga.id": tags.saga = try scanner.string()
            case "saga.step": tags.step = try scanner.string()
            case "saga.action": tags.action = try scanner.string()
            case "Long-Running-Action", "long-running-action": header = try scanner.string()
            default: try scanner.skip()
            }
        }
        if tags.saga.isEmpty { tags.saga = header }
        return tags
    }
}

extension JSONScanner {
    /// A whole number; null is 0.
    fileprivate mutating func signed() throws(JSONError) -> Int64 {
        skipSpace()
        let start = offset
        let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
        let number = isNegative ? Int64(try literal()) : Int64(exactly: try unsigned())
        guard let number else {
            throw JSONError(offset: start, reason: "should begin a whole number")
        }
        return number
    }
}
