package dev.lambdaconfig.build.lambdas;

import dev.lambdaconfig.build.jar.DeclaredClass;
import dev.lambdaconfig.build.jar.DeclaredClasses;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;

/** The methods that the classes of a jar and of the JDK declare. */
final class DeclaredMethods {

  private final DeclaredClasses classes;

  /**
   * Reads each class when it is needed.
   *
   * @param jar the class file of a name with slashes; null if it is not in the jar
   */
  DeclaredMethods(Function<String, byte @Nullable []> jar) {
    this.classes = new DeclaredClasses(jar);
  }

  /**
   * Returns whether a class of the same nest as a host can call what the host can. It cannot call a
   * protected method that the host has inherited from a class of another package, nor the method of
   * a superclass that the host overrides; javac makes a private method of either, and other
   * compilers may not.
   */
  boolean isCallableBeside(String host, Handle body) {
    if (body.getTag() == Opcodes.H_INVOKESPECIAL && !body.getOwner().equals(host)) {
      return false;
    }
    if (body.getOwner().startsWith("[")) {
      // The only one that an array has of its own is clone, which is public.
      return true;
    }
    DeclaredClass declaring = classes.declaring(body.getOwner(), body.getName() + body.getDesc());
    if (declaring == null) {
      return false;
    }
    int access = Objects.requireNonNull(declaring.access().get(body.getName() + body.getDesc()));
    return (access & Opcodes.ACC_PUBLIC) != 0 || folder(declaring.name()).equals(folder(host));
  }

  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }
}
