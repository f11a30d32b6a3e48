/** The bundle begins here. */
import "./ui/main.js"
