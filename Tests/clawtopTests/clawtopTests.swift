import Testing

@testable import clawtop
