package dev.lambdaconfig.build.lambdas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class that evaluates lambdas.
 *
 * @param file its class file
 * @param name with slashes
 * @param nestHost the class whose nest it belongs to, often itself: their members may call each
 *     other's private methods, which the bodies of lambdas are
 * @param version of its class file, at least that of Java 11, which knows nests
 * @param lambdas the classes that take the place of those that the JVM would spin
 * @param sites which of these each of its lambdas takes, in the order of the class file; none for
 *     those that stay as they are
 */
record HostClass(
    ClassReader file,
    String name,
    String nestHost,
    int version,
    List<MergedLambdas> lambdas,
    List<Optional<Site>> sites) {

  /**
   * A place where a lambda is evaluated.
   *
   * @param id the number of its method in the class
   */
  record Site(MergedLambdas lambdas, int id) {}

  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

  /** Finds the lambdas of a class. */
  static HostClass of(byte[] bytes, DeclaredMethods methods) {
    Scan scan = new Scan(methods);
    ClassReader file = new ClassReader(bytes);
    file.accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    String nestHost = scan.nestHost == null ? scan.name : scan.nestHost;
    return new HostClass(
        file, scan.name, nestHost, scan.version, List.copyOf(scan.lambdas.values()), scan.sites);
  }

  private static boolean isLambda(Handle bootstrap) {
    // The other method, altMetafactory, makes those that have more than one interface or are
    // serializable.
    return bootstrap.getOwner().equals(METAFACTORY) && bootstrap.getName().equals("metafactory");
  }

  /**
   * Returns the class with its lambdas replaced.
   *
   * @param members the classes of lambdas that join its nest
   */
  byte[] rewritten(List<String> members) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    file.accept(new Rewriting(writer, members), 0);
    return writer.toByteArray();
  }

  private static final class Scan extends ClassVisitor {

    private final Map<MergedLambdas.Shape, MergedLambdas> lambdas = new LinkedHashMap<>();
    private final List<Optional<Site>> sites = new ArrayList<>();
    private final DeclaredMethods methods;
    private String name = "";
    private int version;
    private @Nullable String nestHost;

    Scan(DeclaredMethods methods) {
      super(Opcodes.ASM9);
      this.methods = methods;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        String superName,
        String[] interfaces) {
      this.name = name;
      this.version = Math.max(version & 0xffff, Opcodes.V11);
    }

    @Override
    public void visitNestHost(String nestHost) {
      this.nestHost = nestHost;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInvokeDynamicInsn(
            String method, String type, Handle bootstrap, Object... arguments) {
          if (isLambda(bootstrap)) {
            boolean callable = methods.isCallableBeside(Scan.this.name, (Handle) arguments[1]);
            sites.add(
                callable
                    ? Optional.of(add(method, Type.getMethodType(type), arguments))
                    : Optional.empty());
          }
        }
      };
    }

    private Site add(String method, Type evaluated, Object... arguments) {
      MergedLambdas.Shape shape = MergedLambdas.Shape.of(evaluated, method, (Type) arguments[0]);
      MergedLambdas merged =
          lambdas.computeIfAbsent(
              shape, key -> new MergedLambdas(name + "$$Lambda$" + lambdas.size(), key));
      return new Site(
          merged,
          merged.add(
              new MergedLambdas.Lambda((Handle) arguments[1], (Type) arguments[2], evaluated)));
    }
  }

  private final class Rewriting extends ClassVisitor {

    private final Deque<Optional<Site>> rest = new ArrayDeque<>(sites);
    private final List<String> members;

    Rewriting(ClassVisitor writer, List<String> members) {
      super(Opcodes.ASM9, writer);
      this.members = members;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        String superName,
        String[] interfaces) {
      boolean joined = !members.isEmpty() || !lambdas.isEmpty();
      super.visit(
          joined ? HostClass.this.version : version,
          access,
          name,
          signature,
          superName,
          interfaces);
    }

    @Override
    public void visitAttribute(Attribute attribute) {
      // Left out: of another tool, with places in the old pool of constants.
    }

    @Override
    public void visitEnd() {
      members.forEach(super::visitNestMember);
      super.visitEnd();
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor writer = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, writer) {
        @Override
        public void visitInvokeDynamicInsn(
            String method, String type, Handle bootstrap, Object... arguments) {
          Optional<Site> merged = isLambda(bootstrap) ? rest.remove() : Optional.empty();
          merged.ifPresentOrElse(
              site -> site.lambdas().evaluate(this, site.id()),
              () -> super.visitInvokeDynamicInsn(method, type, bootstrap, arguments));
        }

        @Override
        public void visitAttribute(Attribute attribute) {
          // As that of the class.
        }

        @Override
        public void visitLocalVariable(
            String variable,
            String type,
            @Nullable String generic,
            Label start,
            Label end,
            int index) {
          // Left out: only debuggers read it.
        }
      };
    }
  }
}
