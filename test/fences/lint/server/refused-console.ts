console.log('a line that no log gets')
