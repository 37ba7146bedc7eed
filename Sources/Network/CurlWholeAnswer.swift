// CurlWholeAnswer: waits for all of an answer; its task wakes up once.
import CCurl

/// The body is collected in C, so that no piece of it wakes anybody.
final class CurlWholeAnswer: CurlListener {
    typealias Waiter = CheckedContinuation<Result<HTTPAnswer, NetworkError>, Never>

    static let takesPieces = false

    private let request: HTTPRequest
    private let waiter: Waiter

    init(to request: HTTPRequest, _ waiter: Waiter) {
        (self.request, self.waiter) = (request, waiter)
    }

    func began(status: Int, headers: HTTPHeaders) {}

    func took(_ piece: UnsafeBufferPointer<UInt8>) -> Bool { true }

    func finished(_ result: claw_http_result) {
        if let error = NetworkError(result, of: request) {
            waiter.resume(returning: .failure(error))
            return
        }
        let head = UnsafeBufferPointer(start: result.head, count: result.head_length)
        let body = UnsafeBufferPointer(start: result.body, count: result.body_length)
        var answer = HTTPAnswer(
            status: Int(result.status), headers: HTTPHeaders(head: head), body: [UInt8](body))
        answer.certificateEnd = result.certificate_end > 0 ? result.certificate_end : nil
        waiter.resume(returning: .success(answer))
    }
}
