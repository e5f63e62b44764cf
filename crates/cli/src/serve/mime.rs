//! What a file is and how long browsers may keep it, by its name.

/// Hexadecimal digits that a name made of its file's content has at least.
const HASH_DIGITS: usize = 12;

/// The media type of a file.
pub(crate) fn of(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "wasm" => "application/wasm",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// The `Cache-Control` of a file: for ever when its name is made of its content, else ask each time.
pub(crate) fn cache_control(name: &str) -> &'static str {
    if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether a name ends in a hash before its extension: `souwen-0a1b2c3d4e5f.wasm`.
fn is_hashed(name: &str) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let Some((_, hash)) = stem.rsplit_once('-') else {
        return false;
    };
    // Twelve decimal digits may be a day and a time.
    extension != "html"
        && hash.len() >= HASH_DIGITS
        && hash
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && hash.bytes().any(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (name, expected) in [
            ("souwen-0a1b2c3d4e5f.wasm", "application/wasm"),
            ("index-0.souwen", "application/octet-stream"),
            ("a.JS", "text/javascript; charset=utf-8"),
            ("souwen.json", "application/json; charset=utf-8"),
            (
                "site.webmanifest",
                "application/manifest+json; charset=utf-8",
            ),
            ("README", "application/octet-stream"),
        ] {
            assert_eq!(of(name), expected, "{name}");
        }
    }

    #[test]
    fn only_names_made_of_content_are_kept() {
        for name in ["souwen-0a1b2c3d4e5f.wasm", "index-0123456789abcdef.souwen"] {
            assert!(cache_control(name).contains("immutable"), "{name}");
        }
        for name in [
            "souwen.js",
            "souwen-client.js",
            "souwen.json",
            "index.html",
            "page-0a1b2c3d4e5f.html",
            "photo-202501011230.jpg",
            "souwen-worker.js",
            "a-0a1b.js",
        ] {
            assert_eq!(cache_control(name), "no-cache", "{name}");
        }
    }
}
