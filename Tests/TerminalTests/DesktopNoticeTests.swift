import Testing

@testable import Terminal

struct DesktopNoticeTests {
    private let hostile = DesktopNotice(
        title: "4;bad\u{07}", body: "\u{1B}]52;c;ZXZpbA==\u{07}\u{9C}\u{202E}slow")

    @Test func `a notice is one sequence, whatever an alert says of itself`() {
        let bytes = hostile.bytes(for: Surroundings { ["TERM": "xterm-256color"][$0] })
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{1B}]9;clawtop: 4;bad :  ]52;c;ZXZpbA==   slow\u{07}")
    }

    @Test func `terminals of rxvt's kind are asked in their way, with a title of its own`() {
        let bytes = hostile.bytes(for: Surroundings { ["TERM": "foot"][$0] })
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{1B}]777;notify;4,bad ; ]52;c;ZXZpbA==   slow\u{07}")
    }

    @Test func `tmux passes it on`() {
        let notice = DesktopNotice(title: "cart fires", body: "")
        let bytes = notice.bytes(
            for: Surroundings { ["TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"][$0] })
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{1B}Ptmux;\u{1B}\u{1B}]9;cart fires\u{07}\u{1B}\\")
    }
}
