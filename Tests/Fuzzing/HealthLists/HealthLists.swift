// HealthLists: Consul's long lists; what is read whole reads the same in parts.
import Events

@testable import Feeds

private let consul = FeedSettings(
    name: "consul", kind: .consul, worlds: [.registry], url: "http://consul:8500",
    token: Secret("hush"))
private let kept = CheckOutput(limit: 40, secrets: OwnSecrets(consul))

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: input, count: count))
    let listed = try? checks(bytes)
    var cutter = JSONListCutter(length: 64)
    var parts: [[UInt8]] = []
    for start in stride(from: 0, to: count, by: 50) {
        parts += cutter.take(Array(bytes[start..<min(start + 50, count)])).map { [$0] } ?? []
    }
    let read = try? (parts + [cutter.last]).flatMap(checks)
    if let listed, read?.map(\.key) != listed.map(\.key) { fatalError("cut otherwise") }
    var scanner = JSONScanner(bytes)
    _ = try? ConsulListing.read(&scanner, kept: kept)
    return 0
}

private func checks(_ bytes: [UInt8]) throws(JSONError) -> [ConsulCheck] {
    var scanner = JSONScanner(bytes)
    var strings = StringTable()
    let checks = try ConsulCheck.list(&scanner, &strings, kept: kept)
    try scanner.end()
    return checks
}
