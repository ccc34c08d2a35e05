package dev.lambdaconfig.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses short JSON texts that share most of their words: names of members, states, reasons,
 * ARNs. A text of a kilobyte has too little repetition of its own, so a sample stands before it as
 * the preset dictionary of DEFLATE.
 *
 * <p>All instances share one compressor and one decompressor, because each takes 300 KB outside of
 * the heap. A text takes them for a few dozen microseconds.
 */
public final class JsonCompression {

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Deflater DEFLATER = new Deflater(Deflater.BEST_SPEED, true);
  private static final Inflater INFLATER = new Inflater(true);
  private static final byte[] BUFFER = new byte[2048];

  private static final int LENGTH_BYTES = 3;

  private final byte[] sample;

  /**
   * Creates a compression of texts that look like a sample.
   *
   * @param sample a text of ASCII with the words of a typical one; the most frequent words should
   *     come last
   */
  public JsonCompression(String sample) {
    this.sample = sample.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Compresses a text.
   *
   * @throws IllegalArgumentException if it has 16 MB or more
   */
  public byte[] compress(byte[] text) {
    if (text.length >>> (LENGTH_BYTES * Byte.SIZE) != 0) {
      throw new IllegalArgumentException("a text of " + text.length + " bytes");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER.length);
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

  /** Returns the text that was compressed with the same sample. */
  public byte[] decompress(byte[] compressed) {
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
