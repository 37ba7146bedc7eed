// Expositions: a target's metrics, in both text formats.
import Feeds

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: input, count: count))
    try? readAll(ExpositionParser(bytes, .text))
    try? readAll(ExpositionParser(bytes, .openMetrics))
    return 0
}

private func readAll(_ exposition: ExpositionParser) throws(ExpositionError) {
    var parser = exposition
    while let line = try parser.next() {
        guard !parser.bytes[line.series].isEmpty else { fatalError("a sample of no series") }
        _ = try parser.labels()
    }
}
