namespace WecomBridge.Wecom.Callbacks;

/// <summary>Outcome of opening a callback; numbers are those of WeCom's own library.</summary>
public enum CallbackCryptoResult
{
    /// <summary>Verified and decrypted.</summary>
    Ok = 0,
    /// <summary>The signature does not match.</summary>
    SignatureMismatch = -40001,
    /// <summary>The envelope is neither XML nor JSON, or has no <c>Encrypt</c>.</summary>
    ParseFailed = -40002,
    /// <summary>The receiver id behind the message is not ours.</summary>
    ReceiverMismatch = -40005,
    /// <summary>AES decryption failed.</summary>
    DecryptFailed = -40007,
    /// <summary>Padding or length of the decrypted buffer is illegal.</summary>
    IllegalBuffer = -40008,
    /// <summary>The ciphertext is not base64.</summary>
    Base64Failed = -40010,
}
