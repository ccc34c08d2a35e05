package dev.lambdaconfig.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy, as curl and Go read {@code NO_PROXY}: names with all
 * that is below them, addresses, ranges of addresses such as {@code 10.0.0.0/8}, each with a port
 * or without, and {@code *} for all.
 */
final class NoProxy {

  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  /** Texts that can only be an address: others would be looked up as names. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET + "|[0-9a-f.]*:[0-9a-f:.]+");

  private static final Pattern PORT = Pattern.compile("(.*[^:]):(\\d{1,5})");

  private final List<String> entries;

  NoProxy(String text) {
    this.entries =
        SEPARATOR
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList();
  }

  boolean covers(String host, int port) {
    String name = bare(host.toLowerCase(Locale.ROOT));
    return entries.stream().anyMatch(entry -> covers(entry, name, port));
  }

  private static boolean covers(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    var ported = PORT.matcher(entry);
    // An address of IPv6 without brackets ends like one with a port.
    if (ported.matches() && (entry.indexOf(':') == entry.lastIndexOf(':') || entry.contains("]"))) {
      return Integer.parseInt(ported.group(2)) == port && covers(ported.group(1), host, port);
    }
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      return isWithin(
          bytes(host), bytes(bare(entry.substring(0, slash))), entry.substring(slash + 1));
    }
    byte[] address = bytes(bare(entry));
    if (address != null) {
      return isWithin(bytes(host), address, String.valueOf(address.length * Byte.SIZE));
    }
    String name = entry.startsWith("*.") ? entry.substring(2) : withoutDot(entry);
    return bytes(host) == null
        && !name.isEmpty()
        && (host.equals(name) || host.endsWith("." + name));
  }

  private static String withoutDot(String name) {
    return name.startsWith(".") ? name.substring(1) : name;
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isWithin(
      byte @Nullable [] address, byte @Nullable [] network, String length) {
    if (address == null || network == null || address.length != network.length) {
      return false;
    }
    int bits = length.matches("\\d{1,3}") ? Integer.parseInt(length) : Integer.MAX_VALUE;
    return bits <= address.length * Byte.SIZE
        && IntStream.range(0, bits).allMatch(bit -> bitAt(address, bit) == bitAt(network, bit));
  }

  private static int bitAt(byte[] address, int bit) {
    return address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
  }

  /** The bytes of an address, or null if the text is none. */
  private static byte @Nullable [] bytes(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
