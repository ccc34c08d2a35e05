package dev.lambdaconfig.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that {@link JsonCompression} has compressed. It may contain the values of environment
 * variables: nothing prints it.
 *
 * <p>A kind of text is a class, and not what an object holds, because an operator keeps several for
 * each resource.
 */
public abstract class CompressedJson {

  private final byte[] bytes;

  /**
   * Keeps a compressed text.
   *
   * @param bytes what {@link JsonCompression#compress} returned; nobody changes it
   */
  protected CompressedJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The compressed text, which nobody changes. */
  protected final byte[] bytes() {
    return bytes;
  }

  /** The number of bytes. */
  final int length() {
    return bytes.length;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof CompressedJson that
        && getClass() == that.getClass()
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Its size only. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + bytes.length + " bytes]";
  }
}
