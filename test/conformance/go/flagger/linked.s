// Lets the compiler accept functions without a body: the linker finds them in Flagger.
