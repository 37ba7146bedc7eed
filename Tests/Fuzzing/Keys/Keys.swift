// Keys: a terminal's bytes; however they are cut, the same keys come out. (But for endless strings, which are
// forgotten with as much of them as has come; they are longer than what is tried here.)
import Terminal

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: input, count: count))
    var whole = KeyDecoder()
    var pieces = KeyDecoder()
    let inputs = whole.decode(bytes)
    guard inputs == bytes.flatMap({ pieces.decode([$0]) }) else { fatalError("cut otherwise") }
    guard whole.timeOut() == pieces.timeOut() else { fatalError("timed out otherwise") }
    return 0
}
