package dev.lambdaconfig.build.jar;

import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;

/** The code of a class file. */
public final class Instructions {

  private Instructions() {}

  /** Returns the instructions of all methods of a class. */
  public static Stream<AbstractInsnNode> of(byte[] bytes) {
    ClassNode type = new ClassNode();
    new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return type.methods.stream().flatMap(method -> Stream.of(method.instructions.toArray()));
  }
}
