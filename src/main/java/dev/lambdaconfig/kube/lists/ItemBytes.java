package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The bytes of the items of a list, of one after the other. */
final class ItemBytes extends ByteArrayOutputStream {

  /** The size from which the space is not kept for the next item, and there is no second copy. */
  private static final int LARGE = 1 << 16;

  /** Begins the next item. */
  ItemBytes begin() {
    if (buf.length > LARGE) {
      buf = new byte[LARGE];
    }
    reset();
    return this;
  }

  boolean isLarge() {
    return count > LARGE;
  }

  LambdaFunctionConfig read(ObjectReader reader) throws IOException {
    return reader.readValue(buf, 0, count);
  }
}
