import Drawing
import Testing

@testable import Terminal

struct KeyDecoderTests {
    private static let cases: [(bytes: String, inputs: [TerminalInput])] = [
        ("j", [.key(.character("j"))]), ("J ", [.key(.character("J")), .key(.character(" "))]),
        ("é漢👍", [.key(.character("é")), .key(.character("漢")), .key(.character("👍"))]),
        ("\u{3}\u{1A}\0", [.key(.control("c")), .key(.control("z")), .key(.control(" "))]),
        ("\u{1C}\u{1F}", [.key(.control("\\")), .key(.control("_"))]),
        ("\r\n\t\u{7F}\u{8}", [.enter, .enter, .tab, .backspace, .backspace].map { .key($0) }),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left].map { .key($0) }),
        ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.up, .down, .right, .left].map { .key($0) }),
        ("\u{1B}[H\u{1B}[F\u{1B}OH\u{1B}OF", [.home, .end, .home, .end].map { .key($0) }),
        ("\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~", [.home, .end, .home, .end].map { .key($0) }),
        (
            "\u{1B}[3~\u{1B}[5~\u{1B}[6~\u{1B}[Z",
            [.delete, .pageUp, .pageDown, .backTab].map { .key($0) }
        ),
        ("\u{1B}OP\u{1B}[15~\u{1B}[21~\u{1B}[24~", [1, 5, 10, 12].map { .key(.function($0)) }),
        ("\u{1B}[11~\u{1B}[[A\u{1B}[[E\u{1B}[P", [1, 1, 5, 1].map { .key(.function($0)) }),
        ("\u{1B}OM\u{1B}Oq\u{1B}Oj", [.key(.enter), .key(.character("1")), .key(.character("*"))]),
        // Modifiers are passed over, on arrows and on function keys.
        ("\u{1B}[1;5A\u{1B}[3;2~\u{1B}[1;2P", [.key(.up), .key(.delete), .key(.function(1))]),
        // Escape and a key at once: Alt, or a quick hand.
        ("\u{1B}j", [.key(.escape), .key(.character("j"))]),
        ("\u{1B}\u{1B}[A", [.key(.escape), .key(.up)]),
        // modifyOtherKeys and kitty.
        ("\u{1B}[27;5;99~", [.key(.control("c"))]), ("\u{1B}[99;5u", [.key(.control("c"))]),
        ("\u{1B}[97;2u", [.key(.character("A"))]), ("\u{1B}[9;2u", [.key(.backTab)]),
        ("\u{1B}[27u", [.key(.escape)]), ("\u{1B}[57441u", []),
        ("\u{1B}[329;2u", [.key(.character("ʼ"))]),
        // The mouse: a click, its release, a drag, the wheel, another button; the old form.
        ("\u{1B}[<0;7;3M\u{1B}[<0;7;3m\u{1B}[<32;8;3M", [.click(x: 6, y: 2)]),
        (
            "\u{1B}[<64;1;1M\u{1B}[<65;300;80M",
            [.wheel(rows: -3, x: 0, y: 0), .wheel(rows: 3, x: 299, y: 79)]
        ),
        ("\u{1B}[<2;1;1M\u{1B}[<16;2;2M\u{1B}[<0;0;0M", [.click(x: 1, y: 1)]),
        ("\u{1B}[M !!", [.click(x: 0, y: 0)]),
        ("\u{1B}[I\u{1B}[O", [.focused(true), .focused(false)]),
        ("\u{1B}[200~a\rq\u{1B}[A\u{1B}[201~j", [.paste("a\nq\u{1B}[A"), .key(.character("j"))]),
        ("\u{1B}[200~\u{1B}[201~\u{1B}[201~", [.paste("")]),
        // Answers that nobody here has asked for.
        ("\u{1B}[?62;4cj", [.key(.character("j"))]), ("\u{1B}[12;40Rj", [.key(.character("j"))]),
        ("\u{1B}]11;rgb:0000/0000/0000\u{7}j", [.key(.character("j"))]),
        ("\u{1B}P>|xterm(370)\u{1B}\\j", [.key(.character("j"))]),
        // Noise ends where something else begins.
        ("\u{1B}[12\u{1B}[A", [.key(.up)]), ("\u{1B}[1\u{3}", [.key(.control("c"))]),
    ]

    @Test(arguments: cases.indices)
    func `bytes are keys, wherever they are cut`(index: Int) {
        let (text, inputs) = Self.cases[index]
        let bytes = Array(text.utf8)
        var decoder = KeyDecoder()
        #expect(decoder.decode(bytes) == inputs, "\(text.debugDescription)")
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            let parts = decoder.decode(Array(bytes[..<cut])) + decoder.decode(Array(bytes[cut...]))
            #expect(parts == inputs, "\(text.debugDescription) cut at \(cut)")
        }
        var single = KeyDecoder()
        #expect(bytes.flatMap { single.decode([$0]) } == inputs, "\(text.debugDescription) by byte")
    }

    @Test(arguments: [
        ("\u{1B}", [TerminalInput.key(.escape)]),
        ("\u{1B}[", [.key(.escape), .key(.character("["))]),
        ("\u{1B}O", [.key(.escape), .key(.character("O"))]),
        ("\u{1B}]", [.key(.escape), .key(.character("]"))]),
    ])
    func `Escape alone is a key once nothing follows`(text: String, inputs: [TerminalInput]) {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array(text.utf8)) == [])
        #expect(decoder.awaitsTimeout)
        #expect(decoder.timeOut() == inputs)
        #expect(!decoder.awaitsTimeout)
        #expect(decoder.decode(Array("j".utf8)) == [.key(.character("j"))])
    }

    @Test(arguments: ["\u{1B}[1;", "\u{1B}[200~abc", "\u{1B}[200~\u{1B}[2", "é"])
    func `what nobody types by hand waits for its end however long that takes`(text: String) {
        var decoder = KeyDecoder()
        _ = decoder.decode(Array(text.utf8.dropLast(text == "é" ? 1 : 0)))
        #expect(!decoder.awaitsTimeout)
        #expect(decoder.timeOut() == [])
    }

    @Test(arguments: ["\u{1B}[<" + String(repeating: "5", count: 70), "\u{1B}[1;2\u{7}"])
    func `a sequence that is none is the same in one piece and in many`(text: String) {
        let bytes = Array((text + "1;1Mj").utf8)
        var whole = KeyDecoder()
        var pieces = KeyDecoder()
        let inputs = whole.decode(bytes)
        #expect(inputs == bytes.flatMap { pieces.decode([$0]) })
        #expect(inputs.last == .key(.character("j")))
    }

    @Test func `bytes that are no UTF-8 are passed over`() {
        var decoder = KeyDecoder()
        let bytes: [UInt8] = [0xFF, 0xC3, 0x6A, 0x80, 0xED, 0xA0, 0x80, 0xC2, 0x9B, 0xF5, 0x6B]
        #expect(decoder.decode(bytes) == [.key(.character("j")), .key(.character("k"))])
    }

    @Test func `the keys of terminfo come first`() {
        let strings = [
            "kcuu1": "\u{1B}[i", "kf1": "\u{1B}[A", "kf2": "\u{1B}Ot", "kbs": "\u{8}", "kent": "x",
        ]
        var decoder = KeyDecoder(KeyTable { strings[$0] })
        let bytes = Array("\u{1B}[i\u{1B}[A\u{1B}Otx".utf8)
        #expect(
            decoder.decode(bytes)
                == [.key(.up), .key(.function(1)), .key(.function(2)), .key(.character("x"))])
    }

    @Test func `no bytes at all can break it, nor make it forget how to read`() {
        var random = SystemRandomNumberGenerator()
        let spice = Array("\u{1B}\u{1B}[O<;:0123456789M~u[]PI\u{1B}[200~\u{1B}[201~\u{1B}[<".utf8)
        for _ in 0..<500 {
            var decoder = KeyDecoder()
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    Bool.random(using: &random)
                        ? spice.randomElement(using: &random) ?? 0 : .random(in: 0...255)
                }
                _ = decoder.decode(bytes)
                if decoder.awaitsTimeout { _ = decoder.timeOut() }
            }
            // Ends whatever was open: a paste, a string, a sequence, a character.
            _ = decoder.decode(Array("\u{1B}[201~\u{7}".utf8) + [0x20, 0x20, 0x20, 0x20])
            #expect(decoder.decode(Array("j".utf8)).last == .key(.character("j")))
        }
    }

    @Test func `an endless paste is cut, an endless answer forgotten`() {
        var decoder = KeyDecoder()
        _ = decoder.decode(Array("\u{1B}[200~".utf8))
        for _ in 0..<40 { _ = decoder.decode(Array(repeating: 0x61, count: 1 << 16)) }
        guard case .paste(let text) = decoder.decode(Array("\u{1B}[201~".utf8)).first else {
            Issue.record("no paste")
            return
        }
        #expect(text.utf8.count == 1 << 20)
        _ = decoder.decode(Array("\u{1B}]".utf8) + Array(repeating: 0x61, count: 5000))
        #expect(decoder.decode([0x6A]) == [.key(.character("j"))])
    }
}
