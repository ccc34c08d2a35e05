package dev.lambdaconfig.hostile;

import java.util.List;

/**
 * An HTTP answer as it goes over the wire.
 *
 * @param kind a word for what is wrong with it
 * @param pieces its bytes, with a pause of a few milliseconds between each two
 * @param reset whether the connection is reset at its end instead of closed
 */
record HostileAnswer(String kind, List<byte[]> pieces, boolean reset) {

  static HostileAnswer of(String kind, byte[] all) {
    return new HostileAnswer(kind, List.of(all), false);
  }
}
