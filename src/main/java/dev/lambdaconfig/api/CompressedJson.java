package dev.lambdaconfig.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that {@link JsonCompression} has compressed. It may contain the values of environment
 * variables: nothing prints it.
 */
public final class CompressedJson {

  final byte[] bytes;

  CompressedJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number of bytes. */
  int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompressedJson that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its size only. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
