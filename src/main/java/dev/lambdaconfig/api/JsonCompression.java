package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses values as short JSON texts that share most of their words: names of members, states,
 * reasons, ARNs. A text of a kilobyte has too little repetition of its own, so a sample stands
 * before it as the preset dictionary of DEFLATE.
 *
 * <p>All instances share one compressor and one decompressor, because each takes 300 KB outside of
 * the heap. A text takes them for a few dozen microseconds.
 *
 * @param <T> the type of the values
 */
public final class JsonCompression<T> {

  private static final ReentrantLock LOCK = new ReentrantLock();

  /**
   * The first level that looks for a longer match before it takes one. It saves 20 bytes of each
   * resource for no measurable time; the levels above save no more.
   */
  private static final int LEVEL = 4;

  private static final Deflater DEFLATER = new Deflater(LEVEL, true);
  private static final Inflater INFLATER = new Inflater(true);
  private static final byte[] BUFFER = new byte[2048];

  /** Length of what most texts are compressed to, in bytes. */
  private static final int USUAL_LENGTH = 512;

  private static final int LENGTH_BYTES = 3;

  private final byte[] sample;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  /**
   * Creates a compression of texts that look like a sample.
   *
   * @param sample a text of ASCII with the words of a typical one; the most frequent words should
   *     come last
   * @param writer writes a value as JSON
   * @param reader reads a value from what the writer wrote
   */
  public JsonCompression(String sample, ObjectWriter writer, ObjectReader reader) {
    this.sample = sample.getBytes(StandardCharsets.US_ASCII);
    // A lone surrogate is no UTF-8.
    this.writer = writer.with(JsonWriteFeature.ESCAPE_NON_ASCII);
    this.reader = reader;
  }

  /**
   * Compresses a value.
   *
   * @throws IllegalArgumentException if its text has 16 MB or more
   * @throws UncheckedIOException if it cannot be written as JSON
   */
  public byte[] compress(T value) {
    try {
      return deflate(writer.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a value, decoded anew, that this compression has compressed. */
  public T decompress(byte[] compressed) {
    try {
      // From bytes, the parser would read through a decoder with a buffer of 8 KB.
      String text = new String(inflate(compressed), StandardCharsets.US_ASCII);
      return Objects.requireNonNull(reader.readValue(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] deflate(byte[] text) {
    if (text.length >>> (LENGTH_BYTES * Byte.SIZE) != 0) {
      throw new IllegalArgumentException("a text of " + text.length + " bytes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_LENGTH);
    for (int shift = 0; shift < LENGTH_BYTES * Byte.SIZE; shift += Byte.SIZE) {
      out.write(text.length >>> shift);
    }
    LOCK.lock();
    try {
      DEFLATER.reset();
      DEFLATER.setDictionary(sample);
      DEFLATER.setInput(text);
      DEFLATER.finish();
      while (!DEFLATER.finished()) {
        out.write(BUFFER, 0, DEFLATER.deflate(BUFFER));
      }
    } finally {
      LOCK.unlock();
    }
    return out.toByteArray();
  }

  private byte[] inflate(byte[] compressed) {
    int length = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      length |= Byte.toUnsignedInt(compressed[i]) << (i * Byte.SIZE);
    }
    byte[] text = new byte[length];
    LOCK.lock();
    try {
      INFLATER.reset();
      INFLATER.setDictionary(sample);
      INFLATER.setInput(compressed, LENGTH_BYTES, compressed.length - LENGTH_BYTES);
      for (int read = 0; read < length; ) {
        int more = INFLATER.inflate(text, read, length - read);
        if (more == 0) {
          throw new IllegalArgumentException("not compressed with this sample");
        }
        read += more;
      }
      return text;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("not compressed with this sample", e);
    } finally {
      LOCK.unlock();
    }
  }
}
