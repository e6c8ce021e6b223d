"""One module per page. Every page asks the rules as anyone, whoever is signed in."""
