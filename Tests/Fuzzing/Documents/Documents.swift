// Documents: YAML, read as each of the files that somebody writes.
import Alerting
import Drawing
import Settings

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: input, count: count), as: UTF8.self)
    _ = ConfigurationReader.read(text, file: "clawtop.yaml", themes: ["dark"]) {
        (_) throws(SecretError) in throw SecretError("there is no such secret")
    }
    let rules = RuleFile.read(text, file: "rules.yaml")
    guard rules.problems.isEmpty || rules.groups.isEmpty else { fatalError("half a file") }
    _ = rules.duplicates
    _ = try? RuleTestFile.read(text, file: "test.yaml")
    _ = try? Theme(yaml: text, file: "theme.yaml")
    return 0
}
