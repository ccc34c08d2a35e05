package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The code of a function, as far as it distinguishes one upload from another
 * (docs/aws.md#code-sha256).
 */
record CodePackage(long size, String sha256, @Nullable String imageUri) {

  private static final long MOST_UNZIPPED_BYTES = 262_144_000;
  private static final int ZIP_MAGIC = 0x504b;

  static final CodePackage SOME_ZIP = ofBytes("some zip".getBytes(StandardCharsets.UTF_8));

  static CodePackage of(JsonNode code) {
    if (code.hasNonNull("ImageUri")) {
      String uri = code.path("ImageUri").asText();
      return new CodePackage(0, hex(digest(uri.getBytes(StandardCharsets.UTF_8))), uri);
    }
    if (code.hasNonNull("ZipFile")) {
      return ofZip(Base64.getDecoder().decode(code.path("ZipFile").asText()));
    }
    return ofBytes(Json.bytes(code));
  }

  private static CodePackage ofZip(byte[] zip) {
    if (zip.length < 2 || ((zip[0] << 8) | zip[1]) != ZIP_MAGIC) {
      throw couldNotUnzip();
    }
    long unzipped = 0;
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      byte[] buffer = new byte[1 << 16];
      while (entries.getNextEntry() != null) {
        for (int read = entries.read(buffer); read > 0; read = entries.read(buffer)) {
          unzipped += read;
          if (unzipped >= MOST_UNZIPPED_BYTES) {
            throw ApiError.invalidParameter(
                "Unzipped size must be smaller than " + MOST_UNZIPPED_BYTES + " bytes");
          }
        }
      }
    } catch (IOException e) {
      throw couldNotUnzip();
    }
    return ofBytes(zip);
  }

  private static CodePackage ofBytes(byte[] bytes) {
    return new CodePackage(bytes.length, Base64.getEncoder().encodeToString(digest(bytes)), null);
  }

  private static ApiError couldNotUnzip() {
    return ApiError.invalidParameter(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
