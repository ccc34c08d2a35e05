package dev.lambdaconfig.build.image.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The constants of a class file that the JVM resolves (JVMS 4.4), by their index.
 *
 * @param references classes, fields and methods
 * @param callSites invocations that a bootstrap method links
 */
record ConstantPool(List<Integer> references, List<Integer> callSites) {

  private static final int COUNT = 8;
  private static final int START = 10;

  static ConstantPool of(byte[] classFile) {
    ByteBuffer in = ByteBuffer.wrap(classFile);
    int count = Short.toUnsignedInt(in.getShort(COUNT));
    List<Integer> references = new ArrayList<>();
    List<Integer> callSites = new ArrayList<>();
    int at = START;
    for (int index = 1; index < count; index++) {
      int tag = in.get(at);
      switch (tag) {
        case 1 -> at += 3 + Short.toUnsignedInt(in.getShort(at + 1));
        case 5, 6 -> {
          // A long or a double takes two indices.
          index++;
          at += 9;
        }
        case 3, 4, 12, 17 -> at += 5;
        case 7 -> {
          references.add(index);
          at += 3;
        }
        case 9, 10, 11 -> {
          references.add(index);
          at += 5;
        }
        case 18 -> {
          callSites.add(index);
          at += 5;
        }
        case 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        default -> throw new IllegalArgumentException("a constant of the unknown kind " + tag);
      }
    }
    return new ConstantPool(List.copyOf(references), List.copyOf(callSites));
  }
}
